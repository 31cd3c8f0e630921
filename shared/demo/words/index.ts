import type { DemoLanguage } from '../context.ts';
import { words as english } from './en.ts';
import type { Words } from './words.ts';
import { words as simplified } from './zh-CN.ts';
import { words as traditional } from './zh-TW.ts';

const WORDS: Record<DemoLanguage, Words> = { 'zh-CN': simplified, 'zh-TW': traditional, en: english };

/** The words of the demo book in a language. */
export const wordsOf = (language: DemoLanguage): Words => WORDS[language];
