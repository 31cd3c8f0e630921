import { Button, Checkbox, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { formatDate } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { DateField } from '../../ui/DateField.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ExportReports } from './ExportReports.tsx';
import { PrintList } from './PrintList.tsx';
import classes from './Reports.module.css';

const MOST = 500;

/** 报告: all reports by period, state and words; any selection is exported at once. */
export const Reports = () => {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  const [state, setState] = useState<'all' | 'draft' | 'signed'>('all');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 120);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [exporting, setExporting] = useState(false);
  const [listing, setListing] = useState(false);
  const period = { ...(from && { from }), ...(to && { to }), ...(state !== 'all' && { state }) };
  const { data } = useBookQuery(
    'report.list',
    { ...period, text: query, limit: MOST },
    { keepPrevious: true },
  );
  const rows = data?.rows ?? [];
  const filtered = Boolean(query || from || to || state !== 'all');
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className={classes.page}>
      <div className={classes.filters}>
        <TextInput
          size="sm"
          w={200}
          label={t('find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DateField label={t('from')} value={from} onChange={setFrom} />
        <DateField label={t('to')} value={to} onChange={setTo} />
        <SegmentedControl
          size="sm"
          value={state}
          onChange={(value) => setState(value as typeof state)}
          data={[
            { value: 'all', label: t('all') },
            { value: 'draft', label: t('vocabulary:reportState.draft') },
            { value: 'signed', label: t('vocabulary:reportState.signed') },
          ]}
        />
        <Group gap={8} ml="auto">
          <span className="muted tnum">{data && t('count', { count: data.total })}</span>
          <Button variant="default" onClick={() => setListing(true)}>
            {t('listTitle')}
          </Button>
          <Button variant="default" disabled={rows.length === 0} onClick={() => setExporting(true)}>
            {chosen.size > 0
              ? t('exportChosen', { count: chosen.size })
              : t('exportAll', { count: data?.total ?? 0 })}
          </Button>
        </Group>
      </div>
      {data?.total === 0 && (
        <EmptyState
          text={t(filtered ? 'noMatch' : 'empty')}
          action={{ label: t('toVisits'), run: () => void navigate('/visits') }}
        />
      )}
      {rows.map((report) => (
        <div key={report.id} className={classes.row}>
          <Checkbox
            size="xs"
            aria-label={t('choose', { title: report.title })}
            checked={chosen.has(report.id)}
            onChange={() => toggle(report.id)}
          />
          <span className="tnum">{formatDate(report.visitedAt)}</span>
          <Link to={`/customers/${report.customerId}`} className="truncate">
            {report.customerName}
          </Link>
          <Link to={`/reports/${report.id}`} className="truncate">
            {report.title}
          </Link>
          <span className={report.state === 'signed' ? classes.signed : 'muted'}>
            {t(`vocabulary:reportState.${report.state}`)}
            {report.version > 1 && ` · ${t('version', { n: report.version })}`}
          </span>
        </div>
      ))}
      <PrintList opened={listing} onClose={() => setListing(false)} />
      <ExportReports
        opened={exporting}
        onClose={() => setExporting(false)}
        name={t('fileName')}
        selection={
          chosen.size > 0 ? { ids: [...chosen] } : query ? { ids: rows.map((row) => row.id) } : period
        }
      />
    </div>
  );
};
