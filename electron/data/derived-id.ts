export { derivedId } from '#shared/domain/derived-id.ts';
