import type { DemoLanguage } from '../context.ts';
import type { Words } from './words.ts';
import { words as simplified } from './zh-CN.ts';

const WORDS: Record<DemoLanguage, Words> = { 'zh-CN': simplified, 'zh-TW': simplified, en: simplified };

/** The words of the demo book in a language. */
export const wordsOf = (language: DemoLanguage): Words => WORDS[language];
