import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LARGEST = 2 * 1024 * 1024;

/** Takes out what could be somebody's: numbers of five and more digits, addresses, quoted text, paths of home. */
export const redact = (text: string): string =>
  text
    .replace(/"[^"]{0,500}"|'[^']{0,500}'/g, '"…"')
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '…@…')
    .replace(/\b(?=\w*\d)[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}\b/gi, '#')
    .replace(/\d{5,}/g, '#')
    .replace(/[\u3400-\u9fff]+/g, '…')
    .replace(/(\/home|\/Users|\/root|[A-Z]:\\Users)[^\s:|)]*/g, '~');

/** What may be logged of an error: its name, code and place, not its message, which may hold contents. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const places = frames
    .slice(0, 5)
    .map((line) => line.trim().replace(/\(?[^\s(]*[\\/]([^\\/]+)\)?$/, '($1)'));
  return [`${error.name}${code}`, ...places].join(' | ');
};

/** A log of codes, counts and versions; one former file is kept. It never fails the program. */
export const createLog = (file: string) => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let last = '';
  return (text: string): void => {
    // what repeats itself says nothing new, and would fill the file
    if (text === last) return;
    last = text;
    try {
      if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${redact(text).slice(0, 4_000)}\n`, { mode: 0o600 });
    } catch {
      // a full disk must not stop the work for want of a log line
    }
  };
};
