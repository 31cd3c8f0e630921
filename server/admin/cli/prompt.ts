import { text } from 'node:stream/consumers';
import { UsageError } from './arguments.ts';

/** Where the command line reads from and writes to. */
export interface Terminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  env: NodeJS.ProcessEnv;
}

const BACKSPACE = ['\u007F', '\b'];
const CANCEL = '\u0003';
const ENTER = ['\r', '\n', '\u0004'];

/** Asks for a secret without showing it. @throws UsageError when nobody is there to ask */
export const askSecret = ({ stdin, stderr }: Terminal, question: string): Promise<string> => {
  if (!stdin.isTTY) throw new UsageError(`${question}: nobody is there to ask. Use --password-stdin.`);
  stderr.write(`${question}: `);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const done = (settle: () => void): void => {
      stdin.setRawMode(false);
      stdin.off('data', onData).pause();
      stderr.write('\n');
      settle();
    };
    const onData = (keys: string): void => {
      for (const key of keys) {
        if (ENTER.includes(key) || key === CANCEL) {
          done(() => (key === CANCEL ? reject(new UsageError('Cancelled.')) : resolve(typed)));
          return;
        }
        typed = BACKSPACE.includes(key) ? [...typed].slice(0, -1).join('') : typed + key;
      }
    };
    stdin.on('data', onData).resume();
  });
};

/** The first line of standard input. */
export const readSecret = async ({ stdin }: Terminal): Promise<string> =>
  (await text(stdin)).split(/\r?\n/, 1)[0] ?? '';
