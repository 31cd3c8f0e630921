/** Places where a fault test ends the server. Nothing but a test names one in its environment. */
export type FailPoint = 'push.committed';

/** Ends this process as a power cut would, if VISITBOOK_FAIL_POINT names this place. Does nothing in the product. */
export const failPoint = (point: FailPoint): void => {
  if (process.env.VISITBOOK_FAIL_POINT === point) process.kill(process.pid, 'SIGKILL');
};
