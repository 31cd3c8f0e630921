import type { Customer } from '#shared/domain/entities/index.ts';
import * as words from '#shared/domain/vocabulary.ts';
import type { FieldKind } from '#shared/presentation/field-kinds.ts';

/** How a field of the profile is shown and edited. Labels are `fields:customer.<name>`. */
export type FieldEditor = FieldKind;

export interface ProfileField {
  name: Exclude<keyof Customer, 'id'>;
  editor: FieldEditor;
}
export interface ProfileGroup {
  /** Title is `customer:group.<id>`. */
  id:
    | 'identity'
    | 'contact'
    | 'person'
    | 'structure'
    | 'operation'
    | 'purchasing'
    | 'situation'
    | 'preferences'
    | 'consent'
    | 'about';
  kinds: readonly Customer['kind'][];
  fields: readonly ProfileField[];
}

const text = (name: ProfileField['name']): ProfileField => ({ name, editor: { kind: 'text' } });
const longText = (name: ProfileField['name']): ProfileField => ({ name, editor: { kind: 'longText' } });
const date = (name: ProfileField['name']): ProfileField => ({ name, editor: { kind: 'date' } });
const number = (name: ProfileField['name']): ProfileField => ({ name, editor: { kind: 'number' } });
const flag = (name: ProfileField['name']): ProfileField => ({ name, editor: { kind: 'flag' } });
const choice = (name: ProfileField['name'], values: readonly string[], list: string): ProfileField => ({
  name,
  editor: { kind: 'choice', values, words: list },
});

const BOTH = ['person', 'company'] as const;

/** The profile in the groups of S4-03, with what S0-19 adds on preferences. */
export const profileGroups: readonly ProfileGroup[] = [
  {
    id: 'identity',
    kinds: BOTH,
    fields: [
      text('name'),
      text('alias'),
      text('customerNo'),
      choice('class', words.CUSTOMER_CLASSES, 'class'),
      choice('status', words.CUSTOMER_STATUSES, 'status'),
      { name: 'tags', editor: { kind: 'tags' } },
      date('openedOn'),
      date('closedOn'),
      text('referredBy'),
      text('idTail'),
    ],
  },
  {
    id: 'contact',
    kinds: BOTH,
    fields: [
      { name: 'phones', editor: { kind: 'phones' } },
      { name: 'emails', editor: { kind: 'emails' } },
      text('wechat'),
      text('address'),
      text('area'),
    ],
  },
  {
    id: 'person',
    kinds: ['person'],
    fields: [
      choice('gender', words.GENDERS, 'gender'),
      date('birthDate'),
      choice('birthdayCalendar', words.CALENDARS, 'calendar'),
      number('age'),
      choice('maritalStatus', words.MARITAL_STATUSES, 'maritalStatus'),
      choice('education', words.EDUCATIONS, 'education'),
      text('occupation'),
      text('employer'),
      text('jobTitle'),
      choice('lifeStage', words.LIFE_STAGES, 'lifeStage'),
      choice('socialClass', words.SOCIAL_CLASSES, 'socialClass'),
      { name: 'incomeMinor', editor: { kind: 'money' } },
      longText('family'),
      text('hobbies'),
      choice('riskLevel', words.RISK_LEVELS, 'riskLevel'),
      date('riskValidUntil'),
    ],
  },
  {
    id: 'structure',
    kinds: ['company'],
    fields: [
      text('industry'),
      choice('companySize', words.COMPANY_SIZES, 'companySize'),
      number('employees'),
      text('city'),
      date('foundedOn'),
    ],
  },
  {
    id: 'operation',
    kinds: ['company'],
    fields: [longText('productUsage'), choice('techLevel', words.LEVELS, 'level')],
  },
  {
    id: 'purchasing',
    kinds: ['company'],
    fields: [longText('purchasingPolicy'), longText('purchasingDemands')],
  },
  {
    id: 'situation',
    kinds: ['company'],
    fields: [
      choice('urgency', words.LEVELS, 'level'),
      text('application'),
      text('orderSize'),
      choice('riskLevel', words.RISK_LEVELS, 'riskLevel'),
      date('riskValidUntil'),
    ],
  },
  {
    id: 'preferences',
    kinds: BOTH,
    fields: [
      number('contactIntervalDays'),
      { name: 'bestWeekdays', editor: { kind: 'weekdays' } },
      { name: 'bestTimeFrom', editor: { kind: 'time' } },
      { name: 'bestTimeTo', editor: { kind: 'time' } },
      { name: 'channelOrder', editor: { kind: 'choices', values: words.CONTACT_CHANNELS, words: 'channel' } },
      flag('doNotCall'),
      flag('doNotMessage'),
      flag('doNotEmail'),
    ],
  },
  {
    id: 'consent',
    kinds: BOTH,
    fields: [
      choice('marketingConsent', words.CONSENTS, 'consent'),
      date('marketingConsentOn'),
      choice('dataConsent', words.CONSENTS, 'consent'),
      date('dataConsentOn'),
    ],
  },
  { id: 'about', kinds: BOTH, fields: [longText('about')] },
];

/** The groups of one kind of customer. */
export const groupsOf = (kind: Customer['kind']): ProfileGroup[] =>
  profileGroups.filter((group) => group.kinds.includes(kind));
