import { Progress, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { formatDate, formatMoney, formatRelativeDay } from '../../app/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Section.module.css';

const NEARLY_USED = 85;

const percentOf = (used: number | null, limit: number | null): number | null =>
  used === null || !limit ? null : Math.round((100 * used) / limit);

/** 持有: what the customer holds, the limits and what secures them (S4-10). Owned by the bank, so read-only. */
export const HoldingsTab = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customer');
  const { holdings, facilities, collaterals } = page;
  if (holdings.length + facilities.length + collaterals.length === 0)
    return <EmptyState text={t('holdings.empty')} />;
  return (
    <>
      {holdings.length > 0 && (
        <section className={classes.section}>
          <h3>{t('holdings.title')}</h3>
          <Table className={classes.table} verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('holdings.product')}</Table.Th>
                <Table.Th>{t('holdings.kind')}</Table.Th>
                <Table.Th ta="right">{t('holdings.balance')}</Table.Th>
                <Table.Th ta="right">{t('holdings.rate')}</Table.Th>
                <Table.Th>{t('holdings.matures')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {holdings.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>
                    {row.productName}{' '}
                    {row.accountTail && <span className="muted tnum">·{row.accountTail}</span>}
                  </Table.Td>
                  <Table.Td>{t(`vocabulary:holding.${row.kind}`)}</Table.Td>
                  <Table.Td ta="right" className="tnum">
                    {formatMoney(row.balanceMinor, row.currency)}
                  </Table.Td>
                  <Table.Td ta="right" className="tnum">
                    {row.rateBp === null ? '–' : `${(row.rateBp / 100).toFixed(2)}%`}
                  </Table.Td>
                  <Table.Td>
                    {row.maturesOn ? (
                      <span
                        title={formatDate(row.maturesOn)}
                      >{`${formatDate(row.maturesOn)} · ${formatRelativeDay(row.maturesOn)}`}</span>
                    ) : (
                      '–'
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
      {facilities.length > 0 && (
        <section className={classes.section}>
          <h3>{t('limits.title')}</h3>
          {facilities.map((row) => {
            const percent = percentOf(row.usedMinor, row.limitMinor);
            return (
              <div key={row.id} className={classes.limit}>
                <div className={classes.limitHead}>
                  <span>
                    {row.name} <span className="muted">{t(`vocabulary:facility.${row.kind}`)}</span>
                  </span>
                  <span className="tnum">
                    {formatMoney(row.usedMinor, row.currency)} / {formatMoney(row.limitMinor, row.currency)}
                    {percent !== null && ` · ${percent}%`}
                  </span>
                </div>
                {percent !== null && (
                  <Progress
                    value={percent}
                    size={6}
                    color={percent > NEARLY_USED ? 'orange' : 'teal'}
                    aria-label={row.name}
                    transitionDuration={0}
                  />
                )}
                <div className={classes.limitFoot}>
                  {row.expiresOn
                    ? t('limits.expires', {
                        date: formatDate(row.expiresOn),
                        when: formatRelativeDay(row.expiresOn),
                      })
                    : t('limits.noExpiry')}
                  {row.covenants && ` · ${row.covenants}`}
                </div>
              </div>
            );
          })}
        </section>
      )}
      {collaterals.length > 0 && (
        <section className={classes.section}>
          <h3>{t('collateral.title')}</h3>
          <Table className={classes.table} verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('collateral.name')}</Table.Th>
                <Table.Th>{t('holdings.kind')}</Table.Th>
                <Table.Th ta="right">{t('collateral.value')}</Table.Th>
                <Table.Th>{t('collateral.valued')}</Table.Th>
                <Table.Th>{t('collateral.insured')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {collaterals.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Td>{row.name}</Table.Td>
                  <Table.Td>{t(`vocabulary:collateral.${row.kind}`)}</Table.Td>
                  <Table.Td ta="right" className="tnum">
                    {formatMoney(row.valueMinor, row.currency)}
                  </Table.Td>
                  <Table.Td>{row.valuedOn ? formatDate(row.valuedOn) : '–'}</Table.Td>
                  <Table.Td>{row.insuranceExpiresOn ? formatDate(row.insuranceExpiresOn) : '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </>
  );
};
