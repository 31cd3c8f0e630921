import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_ORIGIN, contentTypeOf, fileOfUrl } from './app-url.ts';
import { RESPONSE_HEADERS } from './headers.ts';

/** A page of main's own, for when the built ones cannot be loaded. */
export const BROKEN_PAGE = `${APP_ORIGIN}/broken`;

/** Must run before the app is ready: app:// behaves like a secure web origin, without fetch and service workers. */
export const declareScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: false, stream: true, codeCache: true },
    },
  ]);
};

const answer = (body: BodyInit, type: string, status = 200): Response =>
  new Response(body, { status, headers: { ...RESPONSE_HEADERS, 'Content-Type': type } });
const notFound = (): Response => answer('not found', 'text/plain; charset=utf-8', 404);

/** Serves the built pages under `root` and the page that says that they are broken; 404 for everything else. */
export const serveApp = (session: Session, root: string, brokenPage: () => string): void => {
  session.protocol.handle('app', async (request) => {
    if (request.method !== 'GET') return notFound();
    if (request.url === BROKEN_PAGE) return answer(brokenPage(), 'text/html; charset=utf-8');
    const file = fileOfUrl(root, request.url);
    const type = file && contentTypeOf(file);
    if (!file || !type) return notFound();
    try {
      return answer(new Uint8Array(await readFile(file)), type);
    } catch {
      return notFound();
    }
  });
};
