import type { TFunction } from 'i18next';

/** Fields a column may go to, in groups; labels of customer fields are those of the customer page. */
const CUSTOMER = [
  'name',
  'alias',
  'customerNo',
  'class',
  'status',
  'phones',
  'emails',
  'wechat',
  'address',
  'area',
  'idTail',
  'openedOn',
  'referredBy',
  'about',
  'gender',
  'birthDate',
  'age',
  'maritalStatus',
  'education',
  'occupation',
  'employer',
  'jobTitle',
  'lifeStage',
  'incomeMinor',
  'family',
  'hobbies',
  'riskLevel',
  'industry',
  'companySize',
  'employees',
  'city',
  'contactIntervalDays',
  'doNotCall',
  'marketingConsent',
] as const;
const HOLDING = [
  'productName',
  'balanceMinor',
  'kind',
  'accountTail',
  'rateBp',
  'openedOn',
  'maturesOn',
] as const;
const INTERACTION = [
  'at',
  'day',
  'month',
  'channel',
  'durationSeconds',
  'purpose',
  'outcome',
  'summary',
] as const;

export interface TargetGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** Choices for one column; its custom field carries the column's own name. */
export const targetChoices = (t: TFunction, column: string, current: string): TargetGroup[] => {
  const groups = [
    {
      group: t('import:target.other'),
      items: [
        { value: 'skip', label: t('import:target.skip') },
        { value: `custom:${column}`, label: t('import:target.custom', { name: column }) },
      ],
    },
    {
      group: t('vocabulary:entity.customer'),
      items: CUSTOMER.map((field) => ({ value: `customer.${field}`, label: t(`fields:customer.${field}`) })),
    },
    {
      group: t('vocabulary:entity.holding'),
      items: HOLDING.map((field) => ({ value: `holding.${field}`, label: t(`import:holding.${field}`) })),
    },
    {
      group: t('vocabulary:entity.interaction'),
      items: INTERACTION.map((field) => ({
        value: `interaction.${field}`,
        label: t(`import:interaction.${field}`),
      })),
    },
  ];
  if (!groups.some(({ items }) => items.some((item) => item.value === current)))
    groups[0]?.items.push({ value: current, label: current });
  return groups;
};
