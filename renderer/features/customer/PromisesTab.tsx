import { Button, Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { PromiseRow, TaskRow } from '#shared/contracts/work.ts';
import { call } from '../../app/data-client.ts';
import { formatDay, formatRelativeDay, toPlainDate } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { DateField } from '../../ui/DateField.tsx';
import { dueTone } from '../../ui/signals.ts';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { recordProps } from '../history/record-props.ts';
import classes from './Section.module.css';

const run = async (work: Promise<{ commandId: string }>, words: string): Promise<void> => {
  try {
    notifyDone(words, (await work).commandId);
  } catch (error) {
    notifyError(error);
  }
};

/** 承诺: what I promised, what the customer promised, and the tasks that follow. */
export const PromisesTab = ({ customerId, focus }: { customerId: string; focus: string | null }) => {
  const { t } = useTranslation('customer');
  const promises = useBookQuery('promise.list', { customerId, limit: 200 });
  const tasks = useBookQuery('task.list', { customerId, limit: 200 });
  const rows = promises.data?.rows ?? [];
  return (
    <>
      <AddPromise customerId={customerId} />
      <PromiseSection
        title={t('promises.mine')}
        empty={t('promises.noneMine')}
        rows={rows.filter((row) => row.madeBy === 'me')}
        focus={focus}
      />
      <PromiseSection
        title={t('promises.theirs')}
        empty={t('promises.noneTheirs')}
        rows={rows.filter((row) => row.madeBy === 'customer')}
        focus={focus}
      />
      <TaskSection rows={tasks.data?.rows ?? []} focus={focus} />
    </>
  );
};

const AddPromise = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation('customer');
  const [kind, setKind] = useState('me');
  const [text, setText] = useState('');
  const [dueOn, setDueOn] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const add = async (): Promise<void> => {
    if (!text.trim()) {
      setMissing(true);
      return;
    }
    const id = uuid();
    const today = toPlainDate(new Date());
    await run(
      kind === 'task'
        ? call('task.create', { id, fields: { customerId, text, dueOn } })
        : call('promise.create', {
            id,
            fields: { customerId, text, dueOn, madeBy: kind as 'me' | 'customer', madeOn: today },
          }),
      t('promises.added'),
    );
    setText('');
    setDueOn(null);
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group align="flex-start" wrap="nowrap">
        <SegmentedControl
          size="xs"
          mt={24}
          value={kind}
          onChange={setKind}
          aria-label={t('promises.kind')}
          data={[
            { value: 'me', label: t('promises.iPromise') },
            { value: 'customer', label: t('promises.theyPromise') },
            { value: 'task', label: t('vocabulary:entity.task') },
          ]}
        />
        <TextInput
          style={{ flex: 1 }}
          label={t('promises.what')}
          value={text}
          error={missing && t('validation:required')}
          onChange={(event) => {
            setMissing(false);
            setText(event.currentTarget.value);
          }}
        />
        <DateField label={t('promises.due')} value={dueOn} onChange={setDueOn} />
        <Button mt={24} type="submit">
          {t('common:action.add')}
        </Button>
      </Group>
    </form>
  );
};

const Due = ({ dueOn, open }: { dueOn: string | null; open: boolean }) => {
  const { t } = useTranslation('customer');
  if (!dueOn) return <span className={classes.side}>{t('promises.noDate')}</span>;
  return (
    <span className={classes.side} data-tone={open ? dueTone(dueOn, toPlainDate(new Date())) : 'none'}>
      {formatDay(dueOn)} · {formatRelativeDay(dueOn)}
    </span>
  );
};

const PromiseSection = ({
  title,
  empty,
  rows,
  focus,
}: {
  title: string;
  empty: string;
  rows: PromiseRow[];
  focus: string | null;
}) => {
  const { t } = useTranslation('customer');
  const today = toPlainDate(new Date());
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      {rows.length === 0 && <p className="muted">{empty}</p>}
      {rows.map((row) => (
        <div
          key={row.id}
          className={classes.item}
          data-focus={focus === `promise:${row.id}` || undefined}
          {...recordProps('promise', row.id, row.text)}
        >
          <span className={`${classes.grow} ${row.status === 'open' ? '' : classes.done}`}>{row.text}</span>
          <RecordMark id={row.id} />
          <Due dueOn={row.dueOn} open={row.status === 'open'} />
          {row.status === 'open' ? (
            <>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void run(call('promise.settle', { id: row.id, as: 'kept', on: today }), t('promises.kept'))
                }
              >
                {t('vocabulary:promiseStatus.kept')}
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                onClick={() =>
                  void run(
                    call('promise.settle', { id: row.id, as: 'broken', on: today }),
                    t('promises.broken'),
                  )
                }
              >
                {t('vocabulary:promiseStatus.broken')}
              </Button>
            </>
          ) : (
            <>
              <span className={classes.side}>{t(`vocabulary:promiseStatus.${row.status}`)}</span>
              {row.status !== 'renegotiated' && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  onClick={() =>
                    void run(
                      call('promise.settle', { id: row.id, as: 'open', on: today }),
                      t('promises.reopened'),
                    )
                  }
                >
                  {t('promises.reopen')}
                </Button>
              )}
            </>
          )}
          <HistoryButton entity="promise" id={row.id} label={row.text} size={22} />
        </div>
      ))}
    </section>
  );
};

const TaskSection = ({ rows, focus }: { rows: TaskRow[]; focus: string | null }) => {
  const { t } = useTranslation('customer');
  const today = toPlainDate(new Date());
  return (
    <section className={classes.section}>
      <h3>{t('tasks.title')}</h3>
      {rows.length === 0 && <p className="muted">{t('tasks.none')}</p>}
      {rows.map((row) => (
        <div
          key={row.id}
          className={classes.item}
          data-focus={focus === `task:${row.id}` || undefined}
          {...recordProps('task', row.id, row.text)}
        >
          <Checkbox
            size="xs"
            checked={row.status === 'done'}
            aria-label={row.text}
            onChange={(event) =>
              void run(
                call('task.complete', { id: row.id, done: event.currentTarget.checked, on: today }),
                t(event.currentTarget.checked ? 'tasks.done' : 'tasks.reopened'),
              )
            }
          />
          <span className={`${classes.grow} ${row.status === 'open' ? '' : classes.done}`}>{row.text}</span>
          <RecordMark id={row.id} />
          <Due dueOn={row.dueOn} open={row.status === 'open'} />
          <HistoryButton entity="task" id={row.id} label={row.text} size={22} />
        </div>
      ))}
    </section>
  );
};
