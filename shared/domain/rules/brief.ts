import type { Completeness, DatedEvent } from '../../contracts/customers.ts';
import type { BriefLine } from '../../contracts/work.ts';
import type { Customer, Visit } from '../entities/index.ts';

type Params = BriefLine['params'];
type Source = BriefLine['source'];

/** A line whose words are `brief:lines.<key>` or `brief:questions.<key>`. */
const line = (key: string, params: Params, source: Source): BriefLine => ({ key, text: '', params, source });

const linkTo = (customer: Pick<Customer, 'id' | 'name'>): NonNullable<Source> => ({
  entity: 'customer',
  id: customer.id,
  label: customer.name,
});

/** Facts for which there is a question of its own, `brief:questions.<field>`; others are asked for by their name. */
export const QUESTION_FIELDS = [
  ...[
    'phones',
    'birthDate',
    'riskLevel',
    'occupation',
    'lifeStage',
    'marketingConsent',
    'incomeMinor',
    'employer',
  ],
  ...['channelOrder', 'maritalStatus', 'address', 'gender', 'family', 'hobbies', 'wechat', 'bestTimeFrom'],
  ...[
    'socialClass',
    'education',
    'contacts',
    'industry',
    'productUsage',
    'companySize',
    'purchasingDemands',
    'city',
  ],
  ...['employees', 'purchasingPolicy', 'urgency', 'orderSize', 'application', 'techLevel', 'foundedOn'],
] as const;
const QUESTIONS = 5;

/** S1-06: the most useful gaps of the file as questions to ask, the best first. */
export const suggestedQuestions = (
  customer: Pick<Customer, 'id' | 'name' | 'kind'>,
  gaps: Completeness['gaps'],
): BriefLine[] =>
  gaps.slice(0, QUESTIONS).map(({ field }) => {
    const own = (QUESTION_FIELDS as readonly string[]).includes(field);
    // A company has one address and phone of its own kind of question.
    const key =
      own && customer.kind === 'company' && (field === 'phones' || field === 'address')
        ? `${field}OfCompany`
        : field;
    return line(own ? key : 'generic', { field }, linkTo(customer));
  });

export interface OpenerFacts {
  customer: Pick<
    Customer,
    'id' | 'name' | 'kind' | 'hobbies' | 'family' | 'industry' | 'city' | 'area' | 'occupation'
  >;
  ahead: readonly DatedEvent[];
  /** S3-31: what was left to come back to, by the latest contact that left something. */
  hook: { text: string; id: string } | null;
  lastTopic: { text: string; id: string } | null;
}

const BIRTHDAY_DAYS = 14;
const MATURITY_DAYS = 45;
const FESTIVAL_DAYS = 10;
const OPENERS = 3;

const dated = (
  facts: OpenerFacts,
  kinds: readonly DatedEvent['kind'][],
  within: number,
  key: (event: DatedEvent) => string,
): BriefLine[] => {
  const event = facts.ahead.find(
    (one) => kinds.includes(one.kind) && one.daysAhead >= 0 && one.daysAhead <= within,
  );
  if (!event) return [];
  const params: Params = {
    ...event.params,
    ...(event.params.name !== undefined && { contact: event.params.name }),
    on: event.on,
    days: event.daysAhead,
    name: event.customerName ?? '',
  };
  return [line(key(event), params, event.source)];
};

const ofInteraction = (key: string, topic: OpenerFacts['hook']): BriefLine[] =>
  topic
    ? [
        line(
          key,
          { text: topic.text },
          { entity: 'interaction', id: topic.id, label: topic.text.slice(0, 80) },
        ),
      ]
    : [];

/** S4-12 話題: three ways to begin, from facts: a birthday near, what was left open, a maturity, family, hobby, trade. */
export const conversationOpeners = (facts: OpenerFacts): BriefLine[] => {
  const { customer } = facts;
  const known = (key: string, text: string | null, name: string): BriefLine[] =>
    text?.trim() ? [line(key, { [name]: text.trim() }, linkTo(customer))] : [];
  return [
    ...dated(facts, ['birthday', 'contactBirthday'], BIRTHDAY_DAYS, (one) =>
      one.kind === 'contactBirthday'
        ? 'openerContactBirthday'
        : one.daysAhead === 0
          ? 'openerBirthdayToday'
          : 'openerBirthday',
    ),
    ...ofInteraction('openerHook', facts.hook),
    ...dated(facts, ['maturity'], MATURITY_DAYS, () => 'openerMaturity'),
    ...known('openerFamily', customer.family, 'family'),
    ...known('openerHobby', customer.hobbies, 'hobby'),
    ...dated(facts, ['festival'], FESTIVAL_DAYS, () => 'openerFestival'),
    ...(facts.hook ? [] : ofInteraction('openerLastTopic', facts.lastTopic)),
    ...known('openerIndustry', customer.industry, 'industry'),
    ...known('openerOccupation', customer.occupation, 'occupation'),
    ...known('openerArea', customer.city ?? customer.area, 'area'),
  ].slice(0, OPENERS);
};

/** S4-12: what to take along by mode, as `brief:kit.<key>`. */
const KIT: Record<Visit['mode'], readonly string[]> = {
  onSite: [
    'purpose',
    'appearance',
    'businessCards',
    'leaflets',
    'feeTable',
    'lastRecord',
    'notebook',
    'calculator',
    'phone',
  ],
  home: ['purpose', 'appearance', 'businessCards', 'leaflets', 'lastRecord', 'notebook', 'phone'],
  branch: ['purpose', 'room', 'leaflets', 'feeTable', 'lastRecord', 'calculator'],
  video: ['purpose', 'linkTested', 'documentsReady', 'lastRecord', 'quietPlace'],
  phone: ['purpose', 'lastRecord', 'script', 'quietPlace'],
  event: ['purpose', 'appearance', 'businessCards', 'signInSheet', 'leaflets'],
  other: ['purpose', 'lastRecord', 'notebook', 'phone'],
};

/** The preparation list of the visit; without one, what its mode usually wants. */
export const kitOf = (
  visit: Pick<Visit, 'preparation' | 'mode'>,
): { key: string | null; text: string; done: boolean }[] =>
  visit.preparation.length > 0
    ? visit.preparation.map(({ text, done }) => ({ key: null, text, done }))
    : KIT[visit.mode].map((key) => ({ key, text: '', done: false }));

const MARKS = /^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)/;

/** The beginning of a Markdown text in one line of plain words. */
export const excerptOf = (markdown: string, longest = 160): string => {
  const words = markdown
    // Enough of it: notes can be very long.
    .slice(0, longest * 6)
    .split(/\r\n|\r|\n/)
    .map((one) =>
      one
        .replace(MARKS, '')
        .replace(/[*_`~]{1,3}/g, '')
        .trim(),
    )
    .filter((one) => one !== '')
    .join(' ');
  return words.length > longest ? `${words.slice(0, longest - 1).trimEnd()}…` : words;
};
