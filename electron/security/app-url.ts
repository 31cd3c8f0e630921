import { realpathSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

export const APP_ORIGIN = 'app://visitbook';

/** true for a URL of our own pages, by parsed scheme and host. */
export const isAppUrl = (url: string): boolean => {
  try {
    const parsed = new URL(url);
    return (
      parsed.protocol === 'app:' &&
      parsed.host === 'visitbook' &&
      parsed.username === '' &&
      parsed.password === ''
    );
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
};

/** Content type of a file we serve; undefined for a kind we do not serve. */
export const contentTypeOf = (file: string): string | undefined => TYPES[extname(file).toLowerCase()];

/** The parts of a path, decoded once; null when it holds NUL, a backslash, a dot segment or a second encoding. */
const partsOf = (pathname: string): string[] | null => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\0\\%:]/.test(path)) return null;
  const parts = path.split('/').filter(Boolean);
  return parts.some((part) => part === '..' || part === '.') ? null : parts;
};

/**
 * The file under `root` a URL asks for, or null: another host, traversal in any spelling, NUL, a link that leads out,
 * a kind we do not serve, or nothing there.
 */
export const fileOfUrl = (root: string, url: string): string | null => {
  const parts = isAppUrl(url) ? partsOf(new URL(url).pathname) : null;
  if (!parts) return null;
  const wanted = join(root, ...(parts.length === 0 ? ['index.html'] : parts));
  if (!contentTypeOf(wanted)) return null;
  try {
    const real = realpathSync(wanted);
    return real.startsWith(realpathSync(root) + sep) && contentTypeOf(real) && statSync(real).isFile()
      ? real
      : null;
  } catch {
    return null;
  }
};
