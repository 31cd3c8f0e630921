import { rmSync } from 'node:fs';
import { syncFolder } from '../files.ts';
import { createAppendLog } from './append-log.ts';
import { decodeContent, encodeContent, type JournalRecord } from './content.ts';
import { NO_TAG } from './format.ts';
import { readSegment } from './segment-reader.ts';
import { listSegments, surveySegments } from './segments.ts';

export type LocalRecord = Extract<JournalRecord, { kind: 'local' }>;

/** What is being typed and what was set, beside the database: it survives the database too. */
export interface LocalJournal {
  put(record: Omit<LocalRecord, 'kind'>): void;
  readonly bytes: number;
  close(): void;
}

export interface LocalJournalOptions {
  folder: string;
  bookKey: Uint8Array;
  bookId: string;
  /** Everything as it is now: what a new segment starts with. */
  snapshot(): Omit<LocalRecord, 'kind'>[];
  compactBytes?: number;
}

/** The newest state of every setting and draft, as the files tell it. */
export const readLocal = (folder: string, bookKey: Uint8Array): LocalRecord[] => {
  const newest = new Map<string, LocalRecord>();
  for (const { file, header } of surveySegments(folder, bookKey).known)
    for (const { content } of readSegment(file, header, bookKey).records) {
      const record = decodeContent(content);
      if (record.kind === 'local') newest.set(`${record.table} ${record.key}`, record);
    }
  return [...newest.values()];
};

/** Opens the journal of drafts and settings. Its history has no worth: when a segment is full, only the present is kept. */
export const openLocalJournal = (options: LocalJournalOptions): LocalJournal => {
  const { folder, bookKey, bookId } = options;
  const compactBytes = options.compactBytes ?? 1024 * 1024;
  const highest = listSegments(folder).at(-1)?.number ?? 0;
  const end = { segment: highest + 1, next: 1, tag: NO_TAG };
  const log = createAppendLog({ folder, bookKey, bookId, end, segmentBytes: Number.POSITIVE_INFINITY });
  let limit = 0;

  const compact = (): void => {
    log.rotate();
    for (const record of options.snapshot()) log.append(encodeContent({ kind: 'local', ...record }));
    limit = Math.max(compactBytes, log.bytes * 2);
    const former = listSegments(folder).filter((segment) => segment.number < log.currentSegment);
    for (const segment of former) rmSync(segment.file);
    if (former.length > 0) syncFolder(folder);
  };

  return {
    put(record) {
      if (log.bytes >= limit) compact();
      log.append(encodeContent({ kind: 'local', ...record }));
    },
    get bytes() {
      return log.bytes;
    },
    close: () => log.close(),
  };
};
