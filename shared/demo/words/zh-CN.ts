import type { Words } from './words.ts';
import { names } from './zh-CN-names.ts';
import { talk } from './zh-CN-talk.ts';
import { work } from './zh-CN-work.ts';

export const words: Words = { names, talk, work };
