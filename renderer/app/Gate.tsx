import { lazy, Suspense } from 'react';
import { RouterProvider } from 'react-router';
import { router } from './routes.tsx';
import { useSession } from './session.ts';

const Welcome = lazy(() => import('../features/welcome/Welcome.tsx').then((m) => ({ default: m.Welcome })));
const Unlock = lazy(() => import('../features/welcome/Unlock.tsx').then((m) => ({ default: m.Unlock })));
const StoreProblem = lazy(() =>
  import('../features/welcome/StoreProblem.tsx').then((m) => ({ default: m.StoreProblem })),
);
const RecoveryCode = lazy(() =>
  import('../features/welcome/RecoveryCode.tsx').then((m) => ({ default: m.RecoveryCode })),
);

/** Decides what stands before the book: first run, unlocking, a problem of the store, or the book itself. */
export const Gate = () => {
  const state = useSession((session) => session.status?.state);
  const recoveryCode = useSession((session) => session.recoveryCode);
  if (state === undefined || state === 'opening') return null;
  return (
    <Suspense fallback={null}>
      {recoveryCode ? (
        <RecoveryCode />
      ) : state === 'none' ? (
        <Welcome />
      ) : state === 'locked' ? (
        <Unlock />
      ) : state === 'failed' ? (
        <StoreProblem />
      ) : (
        <RouterProvider router={router} />
      )}
    </Suspense>
  );
};
