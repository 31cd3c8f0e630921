import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { contentTypeOf, fileOfUrl } from './app-url.ts';

/** What a page may load: itself, and nothing from any network. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Must run before the app is ready: app:// behaves like a secure web origin, without service workers. */
export const declareScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: false, stream: true } },
  ]);
};

/** Serves the built pages, and 404 for everything else. */
export const serveApp = (session: Session, root: string): void => {
  session.protocol.handle('app', async (request) => {
    const file = fileOfUrl(root, request.url);
    const type = file && contentTypeOf(file);
    if (!file || !type || request.method !== 'GET')
      return new Response('not found', { status: 404, headers: HEADERS });
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...HEADERS, 'Content-Type': type },
    });
  });
};
