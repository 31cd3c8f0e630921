import { Button, Group, Kbd } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedItem } from '#shared/contracts/sync.ts';
import { type FieldWords, useFieldWords } from '../../app/field-words.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { Changes } from './Changes.tsx';
import { ItemHead } from './ItemHead.tsx';
import { ItemList, useSteps } from './ItemList.tsx';
import { editableFields, RetryForm } from './RetryForm.tsx';
import classes from './Sync.module.css';

/** 被拒: what the server did not accept, why, and what can be done. */
export const RefusedList = () => {
  const { t } = useTranslation('sync');
  const words = useFieldWords();
  const { limit, more } = useSteps();
  const { data } = useBookQuery('sync.refused', { limit }, { keepPrevious: true });
  return (
    <ItemList
      label={t('tab.refused')}
      explain={t('explain.refused')}
      empty={t('empty.refused')}
      total={data?.total}
      shown={data?.items.length ?? 0}
      onMore={more}
    >
      {data?.items.map((item) => (
        <Refused key={item.id} item={item} words={words} />
      ))}
    </ItemList>
  );
};

const Refused = ({ item, words }: { item: RefusedItem; words: FieldWords }) => {
  const { t } = useTranslation('sync');
  const [isEditing, setEditing] = useState(false);
  const retry = useBookCommand('sync.retryRefused');
  const discard = useBookCommand('sync.discardRefused');
  const run = async (work: Promise<{ commandId: string }>, done: string): Promise<void> => {
    try {
      const { commandId } = await work;
      notifyDone(t(done), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const canEdit = editableFields(item).length > 0;
  return (
    <li className={classes.item} data-row data-item={item.id}>
      <ItemHead item={item} op={item.op} words={words} at={item.typedAt} said="item.typedAt" />
      <p className={classes.reason}>
        <strong>
          {t(`outbox:reason.${item.reason}`)}
          {item.field && ` ${words.name(item.entity, item.field)}`}
        </strong>{' '}
        {t(`outbox:todo.${item.reason}`)} {item.quarantined && t('item.quarantined')}
      </p>
      {isEditing ? (
        <RetryForm item={item} words={words} onClose={() => setEditing(false)} />
      ) : (
        <>
          {(item.op === 'create' || item.op === 'update') && (
            <Changes
              entity={item.entity}
              fields={item.fields}
              words={words}
              marked={item.field}
              isNew={item.op === 'create'}
              label={item.label}
            />
          )}
          <Group gap={8} mt={8}>
            {canEdit && (
              <Button
                size="compact-sm"
                variant="default"
                data-key="e"
                rightSection={<Kbd size="xs">E</Kbd>}
                onClick={() => setEditing(true)}
              >
                {t('refused.edit')}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              data-key="r"
              rightSection={<Kbd size="xs">R</Kbd>}
              loading={retry.isPending}
              onClick={() => void run(retry.mutateAsync({ id: item.id, fields: {} }), 'refused.retried')}
            >
              {t('refused.retry')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              data-key="d"
              rightSection={<Kbd size="xs">D</Kbd>}
              loading={discard.isPending}
              onClick={() => void run(discard.mutateAsync({ id: item.id }), 'refused.discarded')}
            >
              {t('refused.discard')}
            </Button>
          </Group>
        </>
      )}
    </li>
  );
};
