/** One measurement: a value beside what it is compared with, measured in the same run. */
export interface Metric {
  name: string;
  value: number;
  unit: string;
  /** What it is compared with, and its value in the same unit. */
  against?: string;
  baseline?: number;
  /** How many measurements stand behind the value. */
  n: number;
  /** What the project aims at; reported, never asserted. */
  aim?: string;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Prints a metric as one line of JSON, with the ratio to its baseline. */
export const report = (metric: Metric): void => {
  const { value, baseline, ...rest } = metric;
  process.stdout.write(
    `${JSON.stringify({ ...rest, value: rounded(value), ...(baseline !== undefined && { baseline: rounded(baseline), ratio: rounded(value / baseline) }) })}\n`,
  );
};

/** What is being done, for whoever waits; not part of the result. */
export const say = (words: string): void => {
  process.stderr.write(`[bench] ${words}\n`);
};

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The number after `--name`, or what it is otherwise. */
export const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = Number(process.argv[at + 1]);
  return at > 0 && Number.isInteger(value) && value > 0 ? value : otherwise;
};
