import type { WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';

/** Where a page may go by itself: nowhere but our own pages, and only as a whole, never in a frame. */
export const mayNavigate = (url: string, isMainFrame: boolean): boolean => isMainFrame && isAppUrl(url);

/** Keeps a page where it is: no other origin, no new window, no frame, no webview. */
export const lockNavigation = (contents: WebContents): void => {
  const stop = (event: { preventDefault(): void; url: string; isMainFrame: boolean }): void => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  };
  contents.on('will-navigate', stop);
  contents.on('will-redirect', stop);
  contents.on('will-frame-navigate', stop);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};
