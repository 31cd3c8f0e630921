import type { TFunction } from 'i18next';
import type { FieldIssue } from '#shared/contracts/errors.ts';

/** The words for a broken rule of a field, as contracts and imports name them: `validation.tooBig`, `import.badDate` … */
export const ruleWords = (t: TFunction, issue: Pick<FieldIssue, 'rule' | 'params'> | undefined): string => {
  const rule = issue?.rule ?? 'validation.format';
  return t(rule.replace('.', ':'), { ...issue?.params });
};
