export { creation, updating } from '#shared/sync/changes.ts';
