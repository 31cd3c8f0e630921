import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { useBookQuery } from '../../app/queries.ts';
import { FieldRow } from './FieldRow.tsx';
import classes from './Profile.module.css';
import { groupsOf } from './profile-fields.ts';

/** 资料: every fact in its group, edited in place; unknown is said, never shown as zero. */
export const ProfileTab = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customer');
  const tags = useBookQuery('tag.list', {});
  const tagNames = new Map((tags.data?.tags ?? []).map((tag) => [tag.id, tag.name]));
  const custom = Object.entries(page.customer.custom);
  return (
    <div className={classes.groups}>
      {groupsOf(page.customer.kind).map((group) => (
        <section key={group.id} className={classes.group}>
          <h3>{t(`group.${group.id}`)}</h3>
          {group.fields.map((field) => (
            <FieldRow key={field.name} customer={page.customer} field={field} tagNames={tagNames} />
          ))}
        </section>
      ))}
      {custom.length > 0 && (
        <section className={classes.group}>
          <h3>{t('group.custom')}</h3>
          {custom.map(([name, value]) => (
            <div key={name} className={classes.row}>
              <span className={classes.label}>{name}</span>
              <span className={`${classes.value} selectable`}>{value}</span>
            </div>
          ))}
        </section>
      )}
    </div>
  );
};
