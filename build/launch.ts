// Starts the app and hands over what it says. Ends it, politely first, when this process is told to end.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { openDisplay } from './setup/display.ts';
import { onEnding, root } from './setup/project.mjs';
import { electronArguments, electronEnvironment, type Runtime } from './setup/runtime.ts';

export interface Launch {
  args: string[];
  env: Record<string, string>;
  /** Each line that the app writes to stdout. */
  onLine(line: string): void;
}

/** Resolves to the app's exit code. */
export async function launch(runtime: Runtime, { args, env, onLine }: Launch): Promise<number> {
  const display = await openDisplay();
  const child = spawn(runtime.electron, [...electronArguments(), root, ...args], {
    cwd: root,
    env: { ...electronEnvironment(runtime), ...display.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl+C in the terminal would end the data process before main could close the book.
    detached: process.platform !== 'win32',
  });
  createInterface({ input: child.stdout }).on('line', onLine);
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!isNoise(line)) process.stderr.write(`${line}\n`);
  });

  let asked = false;
  const stopListening = onEnding(() => {
    if (asked) return;
    asked = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 8_000).unref();
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(asked ? 0 : (code ?? (signal ? 128 : 1))));
    });
  } finally {
    stopListening();
    display.stop();
  }
}

/** What Chromium always says on a machine without a desktop session, and what means nothing here. */
function isNoise(line: string) {
  return (
    /ERROR:(?:dbus\/)?(?:bus|object_proxy)\.cc|viz_main_impl|gpu_process_host|command_buffer_proxy|gl_factory|interface_endpoint_client/.test(
      line,
    ) || /vaInitialize failed|gpu_memory_buffer_support_x11|Failed to connect to the bus|dbus\//.test(line)
  );
}
