import type { Words } from './words.ts';
import { names } from './zh-TW-names.ts';
import { talk } from './zh-TW-talk.ts';
import { work } from './zh-TW-work.ts';

export const words: Words = { names, talk, work };
