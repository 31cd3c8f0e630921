// The last lines of `npm test`.
import type { Counts } from './suite.ts';

export interface Result extends Counts {
  name: string;
  seconds: number;
}

export function table(results: Result[]): string {
  const rows = results.map(({ name, passed, failed, skipped, seconds }) => [
    failed > 0 ? 'FAILED' : 'ok',
    name,
    `${passed}`,
    `${failed}`,
    `${skipped}`,
    `${seconds.toFixed(1)} s`,
  ]);
  const lines = [['', 'suite', 'passed', 'failed', 'skipped', 'time'], ...rows];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const cell = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return lines.map((line) => `  ${line.map(cell).join('  ')}`.trimEnd()).join('\n');
}

export function total(results: Result[]): string {
  const sum = (of: keyof Counts) => results.reduce((all, result) => all + result[of], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
