import { useTranslation } from 'react-i18next';
import type { HistoryLine } from '#shared/contracts/sync.ts';
import { isTypable } from '#shared/contracts/typable.ts';
import type { FieldWords } from '../../app/field-words.ts';
import { formatDateTime, formatTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { useSyncState } from '../sync/useSyncState.ts';
import type { Moment } from './group-lines.ts';
import classes from './History.module.css';
import { ValueChange } from './ValueChange.tsx';

interface Props {
  moment: Moment;
  entity: string;
  id: string;
  words: FieldWords;
  isOldest(line: HistoryLine): boolean;
}

/** Who typed, when, and field by field what. */
export const MomentBlock = ({ moment: { first, lines }, entity, id, words, isOldest }: Props) => {
  const { t } = useTranslation('history');
  const by = first.by === null ? t('me') : first.by || t('someone');
  return (
    <li className={classes.moment}>
      <div className={classes.when}>
        <time className="tnum" dateTime={first.at} title={formatDateTime(first.at)}>
          {formatTime(first.at)}
        </time>
        <span>{by}</span>
        {first.op !== 'update' && <span className="muted">{t(`op.${first.op}`)}</span>}
      </div>
      {lines.map((line) => (
        <Line key={line.field} line={line} entity={entity} id={id} words={words} isOldest={isOldest(line)} />
      ))}
    </li>
  );
};

/** Without a server everything waits, and nothing is to be said about it. */
const useShownState = ({ state, held }: HistoryLine): HistoryLine['state'] => {
  const connected = useSyncState()?.connected ?? false;
  if (state !== 'waiting' || connected) return state;
  return held ? 'current' : 'past';
};

const Line = ({
  line,
  entity,
  id,
  words,
  isOldest,
}: Omit<Props, 'moment' | 'isOldest'> & { line: HistoryLine; isOldest: boolean }) => {
  const { t } = useTranslation('history');
  const restore = useBookCommand('record.restoreField');
  const state = useShownState(line);
  const name = words.name(entity, line.field);
  const said = (value: unknown): string => words.value(entity, line.field, value);
  const before = said(line.before);
  const after = said(line.after);
  const bring = async (side: 'before' | 'after'): Promise<void> => {
    const { seq, field, conflictId } = line;
    try {
      const receipt = await restore.mutateAsync({
        entity,
        id,
        seq,
        field,
        side,
        ...(conflictId && { conflictId }),
      });
      notifyDone(t('restored', { field: name }), receipt.commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const canType = isTypable(entity, line.field);
  const button = (which: 'before' | 'after', text: string) => {
    const action = t(which === 'after' ? 'restore' : 'restoreBefore');
    return (
      <button
        type="button"
        className={classes.restore}
        aria-label={t('restoreNamed', { action, field: name, value: text.slice(0, 60) || t('nothing') })}
        onClick={() => void bring(which)}
      >
        {action}
      </button>
    );
  };
  return (
    <div className={classes.line} data-state={state}>
      <span className={classes.field}>{name}</span>
      <div className={classes.values}>
        <ValueChange before={before} after={after} isNew={line.op === 'create'} />
        <span className={classes.foot}>
          {state !== 'past' && !(state === 'current' && line.op === 'create') && (
            <span className={classes.state} data-state={state}>
              {t(`state.${state}`)}
            </span>
          )}
          {canType && !line.held && button('after', after)}
          {canType &&
            line.op !== 'create' &&
            (line.held || isOldest) &&
            before !== '' &&
            button('before', before)}
        </span>
      </div>
    </div>
  );
};
