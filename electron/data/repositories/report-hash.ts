import { createHash } from 'node:crypto';
import type { VisitReport } from '#shared/domain/entities/index.ts';
import { signedContent } from '#shared/domain/rules/report.ts';

/** sha256 of what a signature vouches for: any later change of it can be told. */
export const reportHash = (report: Parameters<typeof signedContent>[0]): VisitReport['contentHash'] =>
  createHash('sha256').update(signedContent(report)).digest('hex');
