// Prints what is missing or different in the locales, and every key that the page asks for in vain.
import path from 'node:path';
import { askedKeys, compareLanguages, flatten, unknownKeys, type Words } from './checks/locales.ts';
import { readSources } from './sources.ts';

/** Words of the page, and those that documents share with it. */
const folders = ['renderer/locales', 'shared/presentation/locales'];
const languages = new Map<string, Words>();
const problems: string[] = [];
for (const { file, text } of readSources(folders, /\.json$/)) {
  const [language = '', name = ''] = file.split('/').slice(-2);
  try {
    const words = languages.get(language) ?? new Map();
    for (const [key, word] of flatten(path.basename(name, '.json'), JSON.parse(text))) words.set(key, word);
    languages.set(language, words);
  } catch (error) {
    problems.push(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

const asked = readSources(['renderer'])
  .filter(({ file }) => !/\.test\.tsx?$/.test(file))
  .flatMap(askedKeys);
problems.push(...compareLanguages(languages), ...unknownKeys(asked, languages.get('en') ?? new Map()));
for (const line of problems) console.log(line);
const sizes = [...languages].map(([language, words]) => `${language} ${words.size}`).join(', ');
console.log(`Words: ${sizes || 'none'}; ${asked.length} keys asked for; ${problems.length} problems.`);
process.exitCode = problems.length > 0 ? 1 : 0;
