import { histories } from './run.ts';

histories('first half');
