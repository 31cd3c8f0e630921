import { histories } from './run.ts';

histories('second half', { seed: 20_261_124 });
