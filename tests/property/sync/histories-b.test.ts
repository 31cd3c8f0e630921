import { histories } from './run.ts';

histories('second half');
