import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Operation } from '#shared/sync/mutation.ts';
import { pathOf } from '../../app/destinations.ts';
import type { FieldWords } from '../../app/field-words.ts';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import classes from './Sync.module.css';

interface Props {
  item: {
    entity: string;
    recordId: string;
    customerId: string | null;
    customerName: string | null;
    label: string;
    present: boolean;
  };
  op?: Operation;
  words: FieldWords;
  /** When it happened and in which words: `sync:item.typedAt`. */
  at: string;
  said: string;
}

/** Names the record of a line, its customer, and when it was typed. */
export const ItemHead = ({ item, op, words, at, said }: Props) => {
  const { t } = useTranslation('sync');
  const label = item.label || t('item.noLabel');
  const other = item.entity === 'customer' ? null : item.customerName;
  return (
    <div className={classes.head}>
      <span className={classes.kind}>
        {words.entity(item.entity)}
        {op && op !== 'update' && ` · ${t(`outbox:op.${op}`)}`}
      </span>
      {item.present ? (
        <Link className={classes.name} to={pathOf(item.entity, item.recordId, item.customerId)} data-open>
          {label}
        </Link>
      ) : (
        <span className={classes.name} tabIndex={-1} data-open>
          {label}
        </span>
      )}
      {other && item.customerId && (
        <Link className={classes.customer} to={`/customers/${item.customerId}`} tabIndex={-1}>
          {other}
        </Link>
      )}
      <time className={classes.when} dateTime={at} title={formatDateTime(at)}>
        {t(said, { when: formatAgo(at) })}
      </time>
    </div>
  );
};
