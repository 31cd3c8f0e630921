import { useTranslation } from 'react-i18next';
import { useFieldWords } from '../../app/field-words.ts';
import { useBookQuery } from '../../app/queries.ts';
import { Changes } from './Changes.tsx';
import { ItemHead } from './ItemHead.tsx';
import { ItemList, useSteps } from './ItemList.tsx';
import classes from './Sync.module.css';

/** 待同步: what was typed and has not reached the server, in the order of sending. */
export const WaitingList = () => {
  const { t } = useTranslation('sync');
  const words = useFieldWords();
  const { limit, more } = useSteps();
  const { data } = useBookQuery('sync.waiting', { limit }, { keepPrevious: true });
  return (
    <ItemList
      label={t('tab.waiting')}
      explain={t('explain.waiting')}
      empty={t('empty.waiting')}
      total={data?.total}
      shown={data?.items.length ?? 0}
      onMore={more}
    >
      {data?.items.map((item) => (
        <li key={item.n} className={classes.item} data-row>
          <ItemHead item={item} op={item.op} words={words} at={item.typedAt} said="item.typedAt" />
          {(item.op === 'create' || item.op === 'update') && (
            <Changes
              entity={item.entity}
              fields={item.fields}
              words={words}
              isNew={item.op === 'create'}
              label={item.label}
            />
          )}
        </li>
      ))}
    </ItemList>
  );
};
