import { histories } from './run.ts';

histories('first half', { seed: 20_261_123 });
