import { readFileSync } from 'node:fs';

/** Clock ticks a second that Linux counts processor time in. */
const TICKS = 100;

/** Processor seconds a process has used and the most memory it has held; null where /proc does not say. */
export const costOf = (pid: number | undefined): { cpuSeconds: number; peakMB: number } | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
      peakMB: Number(peak) / 1_024,
    };
  } catch {
    return null;
  }
};
