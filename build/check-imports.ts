// Prints every import that breaks a rule of build/checks/imports.ts.
import { brokenRules, findImports } from './checks/imports.ts';
import { readSources } from './sources.ts';

const sources = readSources(['shared', 'electron', 'renderer', 'server', 'build', 'tests']);
const broken = brokenRules(sources.flatMap(({ file, text }) => findImports(file, text)));
for (const line of broken) console.log(line);
console.log(`${sources.length} files, ${broken.length} imports that break a rule.`);
process.exitCode = broken.length > 0 ? 1 : 0;
