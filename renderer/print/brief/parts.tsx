import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Brief, BriefLine } from '#shared/contracts/work.ts';
import { formatDay, formatMoneyShort, formatRelativeDay, toPlainDate } from '../../app/format.ts';
import { datedWords, riskWords } from '../../ui/signals.ts';

/** Where a line comes from: the screen makes it a link. */
export interface Source {
  entity: string;
  id: string;
}
export interface BriefEntry {
  key: string;
  text: string;
  /** What stands at the right edge: a date, an amount. */
  aside?: string;
  source?: Source | null;
}
/** One heading of the brief with its lines. */
export interface BriefPart {
  title: string;
  entries: BriefEntry[];
  /** Lines one entry may take. */
  most: number;
  /** A box to tick stands before each line. */
  ticks?: boolean;
}

/** Makes the words of a line lead to where they come from; on paper they stay words. */
export type LinkTo = (source: Source, words: ReactNode) => ReactNode;

const dueWords = (dueOn: string | null): string | undefined => {
  if (!dueOn) return undefined;
  const today = toPlainDate(new Date());
  return dueOn < today ? `${formatDay(dueOn)} · ${formatRelativeDay(dueOn)}` : formatDay(dueOn);
};

const wordsOfLine = (t: TFunction, line: BriefLine): string => {
  if (!line.key) return line.text;
  const { params } = line;
  const on = typeof params.on === 'string' && { on: formatDay(params.on) };
  return t(`brief:lines.${line.key}`, { ...params, ...on });
};

const questionWords = (t: TFunction, line: BriefLine): string =>
  line.key
    ? t(`brief:questions.${line.key}`, {
        ...line.params,
        field: t(`fields:customer.${String(line.params.field ?? 'about')}`),
      })
    : line.text;

/** 林晓 · 财务总监. What somebody thinks of us, and how much they count, is not put on paper. */
const personWords = (t: TFunction, { key, params }: BriefLine): string => {
  const { name, jobTitle, role, relation } = params;
  const kind = relation && t(`vocabulary:relation.${relation}`);
  const part =
    key === 'relationOf'
      ? t('customer:relations.incoming', { kind })
      : (kind ?? jobTitle ?? (role && t(`vocabulary:contactRole.${role}`)));
  return [name, part].filter(Boolean).join(' · ');
};

const lineEntries = (lines: readonly BriefLine[], words: (line: BriefLine) => string): BriefEntry[] =>
  lines.map((line, n) => ({ key: `${line.key}${n}`, text: words(line), source: line.source }));

/** The left column: facts, the most urgent first. */
export const factParts = (t: TFunction, brief: Brief): BriefPart[] => [
  {
    title: t('documents:brief.promises'),
    most: 2,
    entries: brief.promises.map((one) => ({
      key: one.id,
      text:
        one.madeBy === 'customer'
          ? `${t('documents:brief.theirs')}${t('documents:brief.colon')}${one.text}`
          : one.text,
      aside: dueWords(one.dueOn),
      source: { entity: 'promise', id: one.id },
    })),
  },
  {
    title: t('documents:brief.risks'),
    most: 2,
    // a promise that is overdue stands among the promises, with its date
    entries: brief.risks
      .filter((risk) => risk.kind !== 'promiseOverdue')
      .map((risk, n) => ({ key: `${risk.kind}${n}`, text: riskWords(t, risk), source: risk.source })),
  },
  {
    title: t('documents:brief.tasks'),
    most: 2,
    entries: brief.tasks.map((one) => ({
      key: one.id,
      text: one.text,
      aside: dueWords(one.dueOn),
      source: { entity: 'task', id: one.id },
    })),
  },
  {
    title: t('documents:brief.ahead'),
    most: 1,
    entries: brief.ahead.map((event, n) => ({
      key: `${event.kind}${event.on}${n}`,
      text: datedWords(t, event),
      aside: formatDay(event.on),
      source: event.source,
    })),
  },
  {
    title: t('documents:brief.holdings'),
    most: 2,
    entries: brief.holdings.map((one) => ({
      key: one.id,
      text: [one.name, one.maturesOn && t('documents:brief.matures', { on: formatDay(one.maturesOn) })]
        .filter(Boolean)
        .join(' · '),
      aside: formatMoneyShort(one.balanceMinor, one.currency),
      source: { entity: 'holding', id: one.id },
    })),
  },
  {
    title: t('documents:brief.limits'),
    most: 2,
    entries: brief.limits.map((one) => ({
      key: one.id,
      text: one.name || t(`vocabulary:facility.${one.kind}`),
      aside: t('documents:brief.limitUsed', {
        used: formatMoneyShort(one.usedMinor, one.currency),
        limit: formatMoneyShort(one.limitMinor, one.currency),
      }),
      source: { entity: 'facility', id: one.id },
    })),
  },
  {
    title: t('documents:brief.people'),
    most: 1,
    entries: lineEntries(brief.people, (line) => personWords(t, line)),
  },
  {
    title: t('documents:brief.notes'),
    most: 2,
    entries: brief.notes.map((note) => ({
      key: note.id,
      text: [note.title, note.excerpt].filter(Boolean).join(t('documents:brief.colon')),
      aside: formatDay(note.takenAt),
      source: { entity: 'note', id: note.id },
    })),
  },
];

/** The right column: the talk, in the order it goes. */
export const talkParts = (t: TFunction, brief: Brief): BriefPart[] => [
  {
    title: t('documents:brief.openers'),
    most: 2,
    entries: lineEntries(brief.openers, (line) => wordsOfLine(t, line)),
  },
  {
    title: t('documents:brief.agenda'),
    most: 2,
    ticks: true,
    entries: brief.visit.agenda.map((item, n) => ({ key: `${item.text}${n}`, text: item.text })),
  },
  {
    title: t('documents:brief.questions'),
    most: 2,
    entries: lineEntries(brief.questions, (line) => questionWords(t, line)),
  },
];
