import type { Collateral, Facility, Holding, Relation, Script, Tag } from '../../domain/entities/index.ts';
import type { NEED_CATEGORIES, PURPOSES } from '../../domain/vocabulary.ts';

export type Purpose = (typeof PURPOSES)[number];

/** `陈|Chen`: how a name is written, and how it sounds. */
export type SpelledName = string;

/** Words of which persons, companies and places are made. All invented. */
export interface NameWords {
  surnames: readonly SpelledName[];
  femaleGiven: readonly SpelledName[];
  maleGiven: readonly SpelledName[];
  /** Full names of foreign residents, by gender. */
  foreignFemale: readonly string[];
  foreignMale: readonly string[];
  brands: readonly SpelledName[];
  trades: readonly { name: string; industry: string; uses: string }[];
  foreignCompanies: readonly string[];
  districts: readonly { name: string; latitude: number; longitude: number }[];
  streets: readonly string[];
  occupations: readonly { occupation: string; titles: readonly string[] }[];
  hobbies: readonly string[];
  children: readonly string[];
  departments: Record<string, string>;
  titles: Record<string, string>;
  /** `{surname}` with its title. */
  ladyTitle: string;
  gentlemanTitle: string;
  mobile: string;
  office: string;
  retired: string;
  city: string;
  comma: string;
  /** Slots `{district}`, `{street}`, `{number}`, `{room}`. */
  address: string;
  /** Slots `{brand}`, `{trade}`. */
  company: string;
  employer: string;
  remarks: readonly string[];
  companyRemarks: readonly string[];
  policies: readonly string[];
  demands: readonly string[];
  orderSizes: readonly string[];
}

/**
 * What is talked about. `{n}` is how the customer is addressed; other slots: `{product}`, `{amount}`, `{hobby}`,
 * `{kid}`, `{trade}`, `{when}`.
 */
export interface TalkWords {
  /**
   * What was said, by purpose; for persons and for companies. `@` begins a sentence that only fits a meeting, `#` one that
   * only fits the telephone.
   */
  said: Record<Purpose, { person: readonly string[]; company: readonly string[] }>;
  /** At an event the customer came to. */
  attended: readonly string[];
  /** How it was received: an offer, an appointment or invitation; and when nobody was reached. */
  answers: {
    offer: Record<'good' | 'open' | 'bad', readonly string[]>;
    meeting: Record<'good' | 'open' | 'bad', readonly string[]>;
    none: readonly string[];
  };
  /** S3-31: what was left to come back to. */
  hooks: { person: readonly string[]; company: readonly string[] };
  whens: readonly string[];
  amounts: readonly string[];
  /** Between two sentences, and after the last. */
  stop: string;
  end: string;
}

/** The papers around a visit. */
export interface WorkWords {
  products: readonly { kind: Holding['kind']; name: string; rateBp: number | null; months: number | null }[];
  facilities: readonly { kind: Facility['kind']; name: string; for: 'person' | 'company' }[];
  collaterals: readonly { kind: Collateral['kind']; name: string }[];
  tags: readonly { name: string; color: Tag['color'] }[];
  covenants: readonly string[];
  aims: { person: readonly string[]; company: readonly string[] };
  agenda: readonly string[];
  preparation: readonly string[];
  cancelReasons: readonly string[];
  myPromises: { person: readonly string[]; company: readonly string[] };
  theirPromises: { person: readonly string[]; company: readonly string[] };
  evidence: readonly string[];
  reasons: readonly string[];
  tasks: readonly string[];
  generalTasks: readonly string[];
  /** `for` one kind of customer, or both. */
  notes: readonly { title: string; body: string; for?: 'person' | 'company' }[];
  outsiders: readonly { name: string; kind: Relation['kind']; remark: string }[];
  report: {
    title: string;
    facts: readonly string[];
    discussion: readonly string[];
    confirmed: readonly string[];
    needs: readonly { text: string; category: (typeof NEED_CATEGORIES)[number] }[];
    steps: readonly string[];
  };
  scripts: readonly Pick<Script, 'title' | 'purpose' | 'body'>[];
  views: readonly { name: string; definition: object }[];
  manager: string;
  managerTitle: string;
  branch: string;
}

export interface Words {
  names: NameWords;
  talk: TalkWords;
  work: WorkWords;
}
