import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileMoment, syncFolder } from '../files.ts';
import type { SegmentHeader } from './format.ts';
import { readHeader } from './segment-reader.ts';

export interface SegmentFile {
  file: string;
  number: number;
  bytes: number;
}
export type KnownSegment = SegmentFile & { header: SegmentHeader };

const NAME = /^(\d{6,})\.vbj$/;

export const segmentFile = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(6, '0')}.vbj`);

/** The segment files of a folder, oldest first. */
export const listSegments = (folder: string): SegmentFile[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const number = NAME.exec(name)?.[1];
      const file = join(folder, name);
      return number ? [{ file, number: Number(number), bytes: statSync(file).size }] : [];
    })
    .sort((a, b) => a.number - b.number);
};

/** Segments this key opens, and how many files it does not open. */
export const surveySegments = (folder: string, bookKey: Uint8Array) => {
  const known: KnownSegment[] = [];
  const unreadable: SegmentFile[] = [];
  const newer: SegmentFile[] = [];
  for (const segment of listSegments(folder)) {
    const reading = readHeader(segment.file, bookKey);
    if (reading.state === 'good') known.push({ ...segment, header: reading.header });
    else (reading.state === 'newer' ? newer : unreadable).push(segment);
  }
  return { known, unreadable, newer };
};

/** Keeps a file that no key of ours opens, out of the way of those that count. */
export const setAside = (segment: SegmentFile, at: Date): void =>
  renameSync(segment.file, `${segment.file}.damaged-${fileMoment(at)}`);

export const makeJournalFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeJournalFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
  syncFolder(dirname(folder));
};
