/** Places where a fault test ends the process or makes the disk fail. Nothing but a test arms them. */
export const FAIL_POINTS = [
  'journal.segmentCreated',
  'journal.halfWritten',
  'journal.beforeFlush',
  'journal.afterAppend',
  'commit.afterRows',
  'commit.beforeCommit',
  'commit.afterCommit',
  'absorb.beforeCommit',
  'absorb.afterCommit',
  'migrate.afterStep',
  'backup.halfCopied',
  'backup.beforeRename',
  'backup.afterRename',
  'restore.beforeMove',
  'restore.afterMove',
  'replay.afterEntry',
] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

const armed = new Map<FailPoint, () => void>();

/** Runs `action` whenever the point is reached, until it is disarmed by null. For tests only. */
export const armFailPoint = (point: FailPoint, action: (() => void) | null): void => {
  if (action) armed.set(point, action);
  else armed.delete(point);
};

/** Marks a place where a power cut would be most awkward. Does nothing in the product. */
export const failPoint = (point: FailPoint): void => armed.get(point)?.();
