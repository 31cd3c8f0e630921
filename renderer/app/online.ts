import { v7 as uuid } from 'uuid';
import { call } from './data-client.ts';

/** Starts a round of sync as soon as the computer says that it has a network again; sync itself only tries now and then. */
export const syncWhenOnline = (): void =>
  window.addEventListener('online', () => {
    // whether it went through is told by the state of sync
    call('sync.now', {}, uuid()).catch(() => undefined);
  });
