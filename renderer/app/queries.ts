import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  type UseQueryOptions,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { v7 as uuid } from 'uuid';
import type { AppError } from '#shared/contracts/errors.ts';
import type { CommandName, Input, MethodName, Output, QueryName } from '#shared/contracts/registry.ts';
import { call, onConnected, onDataEvent } from './data-client.ts';

/** Nothing is stale until the data process says that something changed; there is no network to fail. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Progress of sync comes often and touches no record: only what shows it looks again. */
const showsSync = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
  queryKey[0] === 'book.state' || String(queryKey[0]).startsWith('sync.');

/** Answered by the server: asked again when something was done there, not with every change here. */
const REMOTE = ['team.overview', 'team.quarantine', 'team.handovers', 'team.handoverItems', 'sync.devices'];
const isRemote = ({ queryKey }: { queryKey: readonly unknown[] }): boolean =>
  REMOTE.includes(String(queryKey[0]));

onDataEvent((event) => {
  if (event.event !== 'changed') return;
  const isSyncOnly = event.changes.every(({ entity }) => entity === 'sync');
  const isTeam = event.changes.some(({ entity }) => entity === 'team');
  void queryClient.invalidateQueries({
    predicate: (query) => (isTeam || !isRemote(query)) && (!isSyncOnly || showsSync(query)),
  });
});
onConnected(() => void queryClient.invalidateQueries());

type Options<M extends MethodName> = Partial<
  Pick<UseQueryOptions<Output<M>, AppError>, 'enabled' | 'staleTime' | 'gcTime' | 'refetchInterval'>
> & {
  /** Shows the former answer while a new input loads, so that lists never jump. */
  keepPrevious?: boolean;
};

/** Key and function of a query method, for hooks that ask several at once. */
export const bookQuery = <M extends QueryName>(method: M, input: Input<M>) =>
  queryOptions<Output<M>, AppError>({ queryKey: [method, input], queryFn: () => call(method, input) });

/** The answer of a query method, kept fresh after every change of the book. */
export const useBookQuery = <M extends QueryName>(method: M, input: Input<M>, options: Options<M> = {}) => {
  const { keepPrevious, ...rest } = options;
  return useQuery<Output<M>, AppError>({
    ...bookQuery(method, input),
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...rest,
  });
};

/** Runs a command method. `mutateAsync` answers its value or throws an AppError. */
export const useBookCommand = <M extends CommandName>(method: M) =>
  useMutation<Output<M>, AppError, Input<M>>({ mutationFn: (input) => call(method, input, uuid()) });

/** Reads once, outside a component. */
export const fetchBook = <M extends QueryName>(method: M, input: Input<M>): Promise<Output<M>> =>
  queryClient.fetchQuery(bookQuery(method, input));
