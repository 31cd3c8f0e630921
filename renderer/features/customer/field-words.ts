import type { TFunction } from 'i18next';
import { valueWords } from '#shared/presentation/field-words.ts';
import { pageFormat } from '../../app/field-words.ts';
import type { FieldEditor } from './profile-fields.ts';

/** A field's value in words; the empty string when it is unknown. `tagNames` resolves tag ids. */
export const fieldWords = (
  t: TFunction,
  editor: FieldEditor,
  value: unknown,
  tagNames: ReadonlyMap<string, string>,
): string => valueWords(editor, value, pageFormat(t, tagNames));
