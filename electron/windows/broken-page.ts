import { APP_ORIGIN } from '../security/app-url.ts';

const htmlOf = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Shown when the page cannot be loaded or crashed too often: no script, nothing to fetch, one way back. */
export const brokenPage = (texts: { title: string; text: string; again: string }): string => `<!doctype html>
<html><head><meta charset="utf-8"><title>${htmlOf(texts.title)}</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 34em; margin: 18vh auto; padding: 0 1.5em }
h1 { font-size: 1.4em; font-weight: 600 }
</style></head>
<body><h1>${htmlOf(texts.title)}</h1><p role="alert">${htmlOf(texts.text)}</p>
<p><a href="${APP_ORIGIN}/index.html">${htmlOf(texts.again)}</a></p></body></html>`;
