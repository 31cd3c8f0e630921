import { realpathSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

export const APP_ORIGIN = 'app://visitbook';

/** true for a URL of our own pages, by parsed scheme and host. */
export const isAppUrl = (url: string): boolean => {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'app:' && parsed.host === 'visitbook';
  } catch {
    return false;
  }
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.map': 'application/json; charset=utf-8',
};

/** Content type of a file we serve; undefined for a kind we do not serve. */
export const contentTypeOf = (file: string): string | undefined => TYPES[extname(file).toLowerCase()];

/**
 * The file under `root` a URL asks for, or null: another host, traversal in any spelling, NUL, a link that leads out,
 * a kind we do not serve, or nothing there.
 */
export const fileOfUrl = (root: string, url: string): string | null => {
  if (!isAppUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\') || path.includes('%')) return null;
  const parts = path.split('/').filter(Boolean);
  if (parts.some((part) => part === '..' || part === '.')) return null;
  const wanted = join(root, ...(parts.length === 0 ? ['index.html'] : parts));
  if (!contentTypeOf(wanted)) return null;
  try {
    const real = realpathSync(wanted);
    return real.startsWith(realpathSync(root) + sep) ? real : null;
  } catch {
    return null;
  }
};
