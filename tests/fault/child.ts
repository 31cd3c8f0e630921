// A data process without Electron: answers requests from its input line by line, until it is killed.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openHost } from '../../electron/data/book-host.ts';
import { asAppError } from '../../electron/data/database/errors.ts';
import { armFailPoint, type FailPoint } from '../../electron/data/database/fail-points.ts';

const [folder = '', key = '', point = '', hits = '1'] = process.argv.slice(2);
const say = (line: unknown): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

let left = Number(hits);
if (point)
  armFailPoint(point as FailPoint, () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });

try {
  const host = openHost({
    folder,
    key: Buffer.from(key, 'hex'),
    demo: false,
    appVersion: '0.0.0',
    onRevoked: () => undefined,
    files: { resolve: () => Promise.reject(new Error('no files here')) },
    emit: () => undefined,
    log: (error) => say({ log: String((error as Error)?.stack) }),
  });
  say({ opened: host.recovery });
  let working = Promise.resolve();
  createInterface({ input: process.stdin }).on('line', (line) => {
    working = working.then(async () => say(await host.router.handle(JSON.parse(line))));
  });
} catch (error) {
  say({ failed: asAppError(error).code, log: String((error as Error)?.stack) });
  process.exitCode = 1;
}
