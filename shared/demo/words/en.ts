import { names } from './en-names.ts';
import { talk } from './en-talk.ts';
import { work } from './en-work.ts';
import type { Words } from './words.ts';

export const words: Words = { names, talk, work };
