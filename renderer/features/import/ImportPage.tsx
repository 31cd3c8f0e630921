import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDialect, ImportMapping } from '#shared/contracts/book.ts';
import { call } from '../../app/data-client.ts';
import { errorText } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Import.module.css';
import { ImportRun } from './ImportRun.tsx';
import { type Inspected, MappingStep } from './MappingStep.tsx';

type Step =
  | { at: 'choose'; problem: string | null }
  | { at: 'map'; inspected: Inspected }
  | { at: 'run'; inspected: Inspected; dialect: ImportDialect; mapping: ImportMapping };

/** Import of a CSV: choose, look and map, try without writing, run, and take back if it was wrong. */
export const ImportPage = () => {
  const { t } = useTranslation('import');
  const [step, setStep] = useState<Step>({ at: 'choose', problem: null });
  const inspect = async (file: string, dialect?: Partial<ImportDialect>): Promise<void> => {
    try {
      setStep({
        at: 'map',
        inspected: { file, answer: await call('import.inspect', { file, ...(dialect && { dialect }) }) },
      });
    } catch (error) {
      setStep({ at: 'choose', problem: errorText(error) });
    }
  };
  const choose = async (): Promise<void> => {
    const chosen = await shell('shell.chooseOpen', { purpose: 'importCsv' });
    if (chosen) await inspect(chosen.file);
  };
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t('title')}</h1>
        {step.at !== 'choose' && <span className="muted">{step.inspected.answer.fileName}</span>}
      </header>
      {step.at === 'choose' && (
        <>
          {step.problem && (
            <p className={classes.problem} role="alert">
              {step.problem}
            </p>
          )}
          <EmptyState text={t('choose')} action={{ label: t('chooseFile'), run: () => void choose() }} />
        </>
      )}
      {step.at === 'map' && (
        <MappingStep
          key={
            step.inspected.answer.dialect.encoding +
            step.inspected.answer.dialect.separator +
            String(step.inspected.answer.dialect.hasHeader)
          }
          inspected={step.inspected}
          onDialect={(dialect) => void inspect(step.inspected.file, dialect)}
          onBack={() => setStep({ at: 'choose', problem: null })}
          onGo={(dialect, mapping) => setStep({ at: 'run', inspected: step.inspected, dialect, mapping })}
        />
      )}
      {step.at === 'run' && (
        <ImportRun
          file={step.inspected.file}
          dialect={step.dialect}
          mapping={step.mapping}
          onBack={() => setStep({ at: 'map', inspected: step.inspected })}
          onAgain={() => setStep({ at: 'choose', problem: null })}
        />
      )}
    </div>
  );
};
