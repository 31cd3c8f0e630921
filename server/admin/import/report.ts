/** A cell that could not be taken, named without what it says: it may be a client's data. */
export interface Problem {
  line: number;
  column: string;
  reason: string;
}

export interface ImportReport {
  dryRun: boolean;
  /** Lines with data. */
  rows: number;
  /** Rows that were taken; the others are in `problems`. */
  taken: number;
  /** Records that changed by them. */
  changed: number;
  /** Values of the file that gave way to what a person typed since. */
  kept: number;
  /** Records that are gone because the file says so. */
  removed: number;
  /** Bad rows; their number, and the first thousand of what is wrong. */
  bad: number;
  problems: Problem[];
  /** Staff: codes of new users, shown this once. */
  codes?: { username: string; code: string; expiresAt: string }[];
}

const MOST_PROBLEMS = 1_000;

/** What an import tells as it goes. */
export const createReport = (dryRun: boolean): ImportReport => ({
  dryRun,
  rows: 0,
  taken: 0,
  changed: 0,
  kept: 0,
  removed: 0,
  bad: 0,
  problems: [],
});

export const noteProblems = (report: ImportReport, problems: readonly Problem[]): void => {
  report.bad += 1;
  report.problems.push(...problems.slice(0, Math.max(0, MOST_PROBLEMS - report.problems.length)));
};
