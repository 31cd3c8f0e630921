import type { FastifyInstance } from 'fastify';
import { Fault } from './fault.ts';

/** Deeper than anything we send; what recurses over a body stays shallow. */
export const MOST_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How deeply a JSON text is nested, found without parsing it; stops counting beyond `most`. */
export const depthOf = (text: string, most = MOST_DEPTH): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const sign = text.charCodeAt(index);
    if (quoted) {
      if (sign === BACKSLASH) index++;
      else if (sign === QUOTE) quoted = false;
    } else if (sign === QUOTE) quoted = true;
    else if (sign === 0x7b || sign === 0x5b) {
      depth++;
      if (depth > deepest) deepest = depth;
      if (deepest > most) return deepest;
    } else if (sign === 0x7d || sign === 0x5d) depth--;
  }
  return deepest;
};

/** JSON is the only type of body, in UTF-8, not too deep, and without what reaches into a prototype. */
export const acceptJson = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (depthOf(text as string) > MOST_DEPTH)
      return done(new Fault('invalid', { detail: `nested more than ${MOST_DEPTH} deep` }), undefined);
    return parse(request, text as string, done);
  });
};
