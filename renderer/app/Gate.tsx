import { lazy, Suspense } from 'react';
import { RouterProvider } from 'react-router';
import { useBookQuery } from './queries.ts';
import { router } from './routes.tsx';
import { useSession } from './session.ts';

const Welcome = lazy(() => import('../features/welcome/Welcome.tsx').then((m) => ({ default: m.Welcome })));
const Unlock = lazy(() => import('../features/welcome/Unlock.tsx').then((m) => ({ default: m.Unlock })));
const StoreProblem = lazy(() =>
  import('../features/welcome/StoreProblem.tsx').then((m) => ({ default: m.StoreProblem })),
);
const ServerDoor = lazy(() =>
  import('../features/welcome/ServerDoor.tsx').then((m) => ({ default: m.ServerDoor })),
);
const RecoveryCode = lazy(() =>
  import('../features/welcome/RecoveryCode.tsx').then((m) => ({ default: m.RecoveryCode })),
);
const LeaseEnded = lazy(() =>
  import('../features/welcome/LeaseEnded.tsx').then((m) => ({ default: m.LeaseEnded })),
);
const DemoFilling = lazy(() =>
  import('../features/welcome/DemoFilling.tsx').then((m) => ({ default: m.DemoFilling })),
);

/** The open book; a demo book that holds nothing yet is filled first. */
const OpenBook = () => {
  const demo = useSession((session) => session.status?.demo === true);
  const { data } = useBookQuery('book.state', {}, { enabled: demo });
  const { data: sync } = useBookQuery('sync.state', {}, { enabled: !demo });
  if (sync?.lease?.state === 'locked') return <LeaseEnded />;
  if (!demo) return <RouterProvider router={router} />;
  if (!data) return null;
  return data.unfilled ? <DemoFilling /> : <RouterProvider router={router} />;
};

/** Decides what stands before the book: first run, unlocking, a problem of the store, or the book itself. */
export const Gate = () => {
  const state = useSession((session) => session.status?.state);
  const recoveryCode = useSession((session) => session.recoveryCode);
  const creating = useSession((session) => session.creating);
  const connecting = useSession((session) => session.connecting);
  const screen = () => {
    if (recoveryCode) return <RecoveryCode code={recoveryCode} />;
    if (creating || state === 'none') return <Welcome />;
    if (state === 'locked') return <Unlock />;
    if (state === 'failed') return <StoreProblem />;
    if (state !== 'open') return null;
    return connecting ? <ServerDoor /> : <OpenBook />;
  };
  return <Suspense fallback={null}>{screen()}</Suspense>;
};
