import { Chip, Group, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TIMELINE_KINDS, type TimelineItem } from '#shared/contracts/customers.ts';
import { call } from '../../app/data-client.ts';
import { formatLongDay, formatRelativeDay, toDate, toPlainDate } from '../../app/format.ts';
import { useUi } from '../../app/ui-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Timeline.module.css';
import { TimelineLine } from './TimelineLine.tsx';

const PAGE = 50;
type Kind = (typeof TIMELINE_KINDS)[number];

const byDay = (items: TimelineItem[]): [day: string, items: TimelineItem[]][] => {
  const days = new Map<string, TimelineItem[]>();
  for (const item of items) {
    const day = toPlainDate(toDate(item.at));
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days];
};

/** 动态: everything with this customer, newest first, by day; one line each, opened in place. */
export const TimelineTab = ({ customerId, focus }: { customerId: string; focus: string | null }) => {
  const { t } = useTranslation('customer');
  const [kinds, setKinds] = useState<Kind[]>([]);
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 120);
  const input = { id: customerId, kinds, text: query, limit: PAGE };
  const { data, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['customer.timeline', input],
    queryFn: ({ pageParam }) =>
      call('customer.timeline', { ...input, ...(pageParam && { before: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.more ? last.items.at(-1)?.at : undefined),
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div>
      <Group gap={6} mb="sm" wrap="wrap">
        <TextInput
          size="xs"
          w={180}
          placeholder={t('timeline.search')}
          aria-label={t('timeline.search')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Chip.Group multiple value={kinds} onChange={(next) => setKinds(next as Kind[])}>
          {TIMELINE_KINDS.map((kind) => (
            <Chip key={kind} value={kind} size="xs" variant="light">
              {t(`vocabulary:timeline.${kind}`)}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      {data && items.length === 0 && (
        <EmptyState
          text={t(kinds.length > 0 || query ? 'timeline.noMatch' : 'timeline.empty')}
          {...(kinds.length === 0 &&
            !query && {
              action: { label: t('log'), run: () => useUi.getState().openLogCall({ customerId }) },
            })}
        />
      )}
      {byDay(items).map(([day, lines]) => (
        <section key={day} className={classes.day}>
          <h3>
            {formatLongDay(day)} <span className="muted">{formatRelativeDay(day)}</span>
          </h3>
          {lines.map((item) => (
            <TimelineLine
              key={item.entity + item.id}
              item={item}
              startOpen={focus === `${item.entity}:${item.id}`}
            />
          ))}
        </section>
      ))}
      {hasNextPage && (
        <UnstyledButton className={classes.more} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </UnstyledButton>
      )}
    </div>
  );
};
