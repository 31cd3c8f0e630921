import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import {
  type ImportDialect,
  type ImportMapping,
  type ImportResult,
  importResult,
} from '#shared/contracts/book.ts';
import type { JobState } from '#shared/contracts/envelope.ts';
import { call, onDataEvent } from '../../app/data-client.ts';
import { formatInteger } from '../../app/format.ts';
import type { Language } from '../../app/i18n.ts';
import { errorText, notifyError } from '../../app/notify.tsx';
import { ruleWords } from '../../app/rule-words.ts';
import { shell } from '../../app/shell-client.ts';
import classes from './Import.module.css';

interface Props {
  file: string;
  dialect: ImportDialect;
  mapping: ImportMapping;
  onBack(): void;
  onAgain(): void;
}
type Phase = 'trying' | 'tried' | 'running' | 'done' | 'undoing' | 'undone' | 'failed';

const COUNTS = ['rows', 'created', 'updated', 'skipped', 'bad', 'interactions', 'holdings'] as const;

/** The dry run, then the run; progress and cancel in both, bad rows listed, undo at the end. */
export const ImportRun = ({ file, dialect, mapping, onBack, onAgain }: Props) => {
  const { t, i18n } = useTranslation('import');
  const navigate = useNavigate();
  const [phase, setPhase] = useState<Phase>('trying');
  const [job, setJob] = useState<JobState | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<{ id: string; next: Phase } | null>(null);

  const follow = (state: JobState): void => {
    const watched = current.current;
    if (!watched || watched.id !== state.id) return;
    setJob(state);
    if (state.state === 'running') return;
    current.current = null;
    const parsed = importResult.safeParse(state.result);
    if (parsed.success) setResult(parsed.data);
    if (state.state === 'done') setPhase(watched.next);
    else {
      setProblem(
        state.state === 'cancelled' ? t('cancelled') : t(`errors:${state.error?.code ?? 'internal'}`),
      );
      setPhase('failed');
    }
  };
  const start = async (next: Phase, during: Phase, ask: () => Promise<{ jobId: string }>): Promise<void> => {
    setPhase(during);
    setJob(null);
    setProblem(null);
    try {
      const { jobId } = await ask();
      current.current = { id: jobId, next };
      follow(await call('job.get', { id: jobId }));
    } catch (error) {
      setProblem(errorText(error));
      setPhase('failed');
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the try starts once, when the step appears
  useEffect(() => {
    const stop = onDataEvent((event) => event.event === 'job' && follow(event.job));
    void start('tried', 'trying', () => call('import.dryRun', { file, dialect, mapping }));
    return stop;
  }, []);
  const saveBad = async (): Promise<void> => {
    if (!result?.importId) return;
    const chosen = await shell('shell.chooseSave', {
      purpose: 'badRowsCsv',
      suggested: `${t('badFile')}.csv`,
    });
    if (!chosen) return;
    try {
      await call('import.saveBadRows', {
        id: result.importId,
        file: chosen.file,
        language: i18n.language as Language,
      });
      await shell('shell.showFile', { file: chosen.file });
    } catch (error) {
      notifyError(error);
    }
  };
  const busy = phase === 'trying' || phase === 'running' || phase === 'undoing';
  return (
    <div className={classes.step} data-testid="import-run" data-phase={phase}>
      <Text fw={600} role="status">
        {t(`phase.${phase}`)}
      </Text>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {busy && (
        <>
          <Progress
            value={job?.total ? (100 * job.done) / job.total : 2}
            transitionDuration={0}
            aria-label={t(`phase.${phase}`)}
          />
          <Button
            variant="default"
            w="fit-content"
            onClick={() => current.current && void call('job.cancel', { id: current.current.id })}
          >
            {t('common:action.cancel')}
          </Button>
        </>
      )}
      {result && !busy && (
        <>
          <dl className={classes.counts}>
            {COUNTS.map((name) => (
              <div key={name}>
                <dd className="tnum">{formatInteger(result.counts[name])}</dd>
                <dt>{t(`count.${name}`)}</dt>
              </div>
            ))}
          </dl>
          {result.badRows.length > 0 && (
            <div className={classes.scroll}>
              <Table fz={13} verticalSpacing={4}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('badRow:line')}</Table.Th>
                    <Table.Th>{t('badRow:column')}</Table.Th>
                    <Table.Th>{t('badRow:value')}</Table.Th>
                    <Table.Th>{t('badRow:reason')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {result.badRows.map((row) => (
                    <Table.Tr key={`${row.line}${row.column}`}>
                      <Table.Td className="tnum">{row.line}</Table.Td>
                      <Table.Td>{row.column}</Table.Td>
                      <Table.Td>{row.value}</Table.Td>
                      <Table.Td>{ruleWords(t, row)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
        </>
      )}
      <Group>
        {phase === 'tried' && (
          <Button
            onClick={() =>
              void start('done', 'running', () => call('import.run', { file, dialect, mapping }))
            }
            data-autofocus
          >
            {t('run', { count: (result?.counts.created ?? 0) + (result?.counts.updated ?? 0) })}
          </Button>
        )}
        {phase === 'done' && <Button onClick={() => void navigate('/customers')}>{t('toCustomers')}</Button>}
        {(phase === 'done' || phase === 'failed') && result?.importId && (
          <Button
            variant="default"
            onClick={() =>
              void start('undone', 'undoing', () => call('import.undo', { id: result.importId ?? '' }))
            }
          >
            {t('undo')}
          </Button>
        )}
        {phase === 'done' && (result?.badRows.length ?? 0) > 0 && (
          <Button variant="default" onClick={() => void saveBad()}>
            {t('saveBad')}
          </Button>
        )}
        {(phase === 'tried' || phase === 'failed') && (
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t('common:action.back')}
          </Button>
        )}
        {(phase === 'done' || phase === 'undone') && (
          <Button variant="subtle" color="gray" onClick={onAgain}>
            {t('another')}
          </Button>
        )}
      </Group>
    </div>
  );
};
