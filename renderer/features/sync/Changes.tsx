import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldChange } from '#shared/contracts/sync.ts';
import { fieldKind, isDefault } from '#shared/presentation/field-kinds.ts';
import { sameValue } from '#shared/sync/same.ts';
import type { FieldWords } from '../../app/field-words.ts';
import classes from './Sync.module.css';

const SHOWN = 4;

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Fields a person can read; those of a new record only where something was typed. */
const readable = (entity: string, fields: readonly FieldChange[], isNew: boolean): FieldChange[] =>
  fields.filter(
    ({ field, before, mine }) =>
      fieldKind(entity, field) !== null &&
      !(isBlank(before) && isBlank(mine)) &&
      !(isNew && isDefault(entity, field, mine)),
  );

interface Props {
  entity: string;
  fields: readonly FieldChange[];
  words: FieldWords;
  /** The field that is to be looked at. */
  marked?: string | null;
  /** A new record has no values before; what names it already need not be said again. */
  isNew: boolean;
  label?: string;
}

/** Field by field: what was there, what I typed, what the server holds. */
export const Changes = ({ entity, fields, words, marked = null, isNew, label }: Props) => {
  const { t } = useTranslation('sync');
  const [isAll, setAll] = useState(false);
  const all = readable(entity, fields, isNew).filter(({ mine }) => !(isNew && mine === label));
  const shown = isAll ? all : all.slice(0, SHOWN);
  const said = (field: string, value: unknown): string =>
    words.value(entity, field, value) || t('item.unknown');
  if (all.length === 0) return null;
  return (
    <div className={classes.changes}>
      {shown.map(({ field, before, mine, theirs }) => (
        <div key={field} className={classes.change}>
          <span className={classes.field} data-marked={field === marked || undefined}>
            {words.name(entity, field)}
          </span>
          <span className={classes.values}>
            {!isBlank(before) && <del className={classes.before}>{said(field, before)}</del>}
            <span className={classes.mine}>{said(field, mine)}</span>
            {theirs !== undefined && !sameValue(theirs, before) && (
              <span className={classes.theirs}>
                {t('item.theirs')}
                {t('fields:value.colon')}
                {said(field, theirs)}
              </span>
            )}
          </span>
        </div>
      ))}
      {all.length > shown.length && (
        <UnstyledButton className={classes.moreFields} onClick={() => setAll(true)}>
          {t('item.more', { count: all.length - shown.length })}
        </UnstyledButton>
      )}
    </div>
  );
};
