// Which folder may import what: docs of the rooms are in design; these are the rules that hold them.
import { builtinModules } from 'node:module';
import path from 'node:path';

/** Pure libraries: no file system, no network, no global state. */
const pure = [
  'zod',
  'date-fns',
  'pinyin-pro',
  'lunar-typescript',
  'libphonenumber-js',
  'uuid',
  'hash-wasm',
  'node-diff3',
];

export interface Import {
  /** The file that imports, relative to the repository, with forward slashes. */
  from: string;
  line: number;
  /** As written, or for a file of this repository its path from the root. */
  target: string;
  kind: 'file' | 'package' | 'node';
  typeOnly: boolean;
}

interface Rule {
  /** Files that the rule is about. */
  where(file: string): boolean;
  /** Says whether this import breaks the rule. */
  breaks(found: Import): boolean;
  because: string;
}

const isIn = (file: string, ...folders: string[]) => folders.some((folder) => file.startsWith(`${folder}/`));
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || isIn(file, 'tests');
const packageName = (target: string) =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

export const rules: Rule[] = [
  {
    where: (file) => isIn(file, 'shared'),
    breaks: ({ kind, target }) =>
      kind === 'node' ||
      (kind === 'file' && !isIn(target, 'shared')) ||
      (kind === 'package' && !pure.includes(packageName(target))),
    because: 'shared/ is pure: it imports only itself and small pure libraries',
  },
  {
    where: (file) => isIn(file, 'renderer'),
    breaks: ({ kind, target }) =>
      kind === 'node' ||
      target === 'electron' ||
      (kind === 'file' && isIn(target, 'electron', 'server', 'build')),
    because: 'the page has neither Node nor Electron: it imports renderer/, shared/ and libraries',
  },
  {
    where: (file) => isIn(file, 'server'),
    breaks: ({ kind, target }) =>
      target === 'electron' || (kind === 'file' && isIn(target, 'electron', 'renderer', 'build')),
    because: 'the server stands alone: it imports server/, shared/ and libraries',
  },
  {
    where: (file) => !isIn(file, 'electron/data'),
    breaks: ({ kind, target }) => kind === 'package' && packageName(target) === 'better-sqlite3',
    because: 'only electron/data/ opens the database',
  },
  {
    where: (file) => isIn(file, 'electron') && !isIn(file, 'electron/data'),
    breaks: ({ kind, target, typeOnly }) =>
      kind === 'file' && isIn(target, 'electron/data') && target !== 'electron/data/control.ts' && !typeOnly,
    because: 'main and the windows reach the data process by messages, not by imports (types are fine)',
  },
  {
    where: (file) => isIn(file, 'electron'),
    breaks: ({ kind, target }) => kind === 'file' && isIn(target, 'renderer', 'server', 'build'),
    because: 'electron/ imports electron/, shared/ and libraries',
  },
  {
    where: (file) => isIn(file, 'electron/data'),
    breaks: ({ target, typeOnly }) => target === 'electron' && !typeOnly,
    because: 'the data process has no windows; it also runs in tests without Electron',
  },
];

const pattern =
  /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?(['"])([^'"\n]+)\2|\bimport\(\s*(['"])([^'"\n]+)\4\s*\)/gm;

/** All imports of a source text. A regular expression is enough: the formatter gives imports one shape. */
export function findImports(file: string, text: string): Import[] {
  return [...text.matchAll(pattern)].map((match) => {
    const written = (match[3] ?? match[5] ?? '').replace(/\?\w+$/, '');
    const line = text.slice(0, match.index).split('\n').length;
    return { from: file, line, ...resolve(file, written), typeOnly: match[1] !== undefined };
  });
}

function resolve(file: string, written: string): Pick<Import, 'target' | 'kind'> {
  if (written.startsWith('.'))
    return { kind: 'file', target: path.posix.join(path.posix.dirname(file), written) };
  if (written.startsWith('#')) return { kind: 'file', target: written.slice(1) };
  const isNode = written.startsWith('node:') || builtinModules.includes(written);
  return { kind: isNode ? 'node' : 'package', target: written };
}

/** One line per broken rule. Tests may import anything. */
export function brokenRules(imports: Import[]): string[] {
  return imports.flatMap((found) =>
    rules
      .filter((rule) => !isTest(found.from) && rule.where(found.from) && rule.breaks(found))
      .map((rule) => `${found.from}:${found.line}: imports ${found.target}: ${rule.because}`),
  );
}
