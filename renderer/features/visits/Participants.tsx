import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VisitRow } from '#shared/contracts/work.ts';

interface Props {
  value: VisitRow['participants'];
  onChange(value: VisitRow['participants']): void;
  className?: string | undefined;
}

const named = (people: VisitRow['participants'], side: 'customer' | 'bank'): string[] =>
  people.filter((one) => one.side === side).map((one) => (one.role ? `${one.name} (${one.role})` : one.name));

const parse = (text: string, side: 'customer' | 'bank') => {
  const [, name = text, role = ''] = /^(.*?)\s*[((](.*)[))]$/.exec(text) ?? [];
  return { name: name.trim(), role: role.trim(), side };
};

/** Who takes part, on both sides; a role may follow in brackets. */
export const Participants = ({ value, onChange, className }: Props) => {
  const { t } = useTranslation('visits');
  const other = (side: 'customer' | 'bank') => value.filter((one) => one.side !== side);
  return (
    <div className={className} style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 24 }}>
      <TagsInput
        label={t('field.theirPeople')}
        placeholder={t('field.peopleHint')}
        value={named(value, 'customer')}
        onChange={(names) =>
          onChange([...names.filter(Boolean).map((name) => parse(name, 'customer')), ...other('customer')])
        }
      />
      <TagsInput
        label={t('field.ourPeople')}
        placeholder={t('field.peopleHint')}
        value={named(value, 'bank')}
        onChange={(names) =>
          onChange([...other('bank'), ...names.filter(Boolean).map((name) => parse(name, 'bank'))])
        }
      />
    </div>
  );
};
