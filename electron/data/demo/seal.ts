import type { DemoSeal } from '#shared/demo/context.ts';
import { reportHash } from '../repositories/report-hash.ts';
import { signaturePicture } from './signature.ts';

/** Signs the reports of the demo book. */
export const demoSeal: DemoSeal = { hash: reportHash, picture: signaturePicture };
