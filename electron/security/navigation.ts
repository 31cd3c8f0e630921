import type { WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';

/** Keeps a page where it is: no other origin, no new window, no frame, no webview. */
export const lockNavigation = (contents: WebContents): void => {
  const stop = (event: { preventDefault(): void; url: string }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stop);
  contents.on('will-redirect', stop);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};
