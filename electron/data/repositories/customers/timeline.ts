import { TIMELINE_KINDS, type TimelineItem } from '#shared/contracts/customers.ts';
import { INTERACTION_KINDS } from '#shared/domain/vocabulary.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { literally } from './sql.ts';

type Kind = TimelineItem['kind'];

/** One kind of record on the timeline. `x` is its alias; the words searched are title and text. */
interface Source {
  entity: TimelineItem['entity'];
  kinds: readonly Kind[];
  table: string;
  kind: string;
  at: string;
  title: string;
  text: string;
  /** Vocabulary values by name. */
  marks: Record<string, string>;
  where?: string;
}

const SOURCES: readonly Source[] = [
  {
    entity: 'interaction',
    kinds: INTERACTION_KINDS,
    table: 'interaction',
    kind: 'x.kind',
    at: 'x.at',
    title: "coalesce(x.next_hook, '')",
    text: "coalesce(x.summary, '')",
    marks: { purpose: 'x.purpose', outcome: 'x.outcome', channel: 'x.channel', initiator: 'x.initiator' },
    where: 'NOT EXISTS (SELECT 1 FROM interaction y WHERE y.corrects_id = x.id AND y.deleted = 0)',
  },
  {
    entity: 'note',
    kinds: ['note'],
    table: 'note',
    kind: "'note'",
    at: 'x.taken_at',
    title: "coalesce(x.title, '')",
    text: 'x.body',
    marks: {},
  },
  {
    entity: 'promise',
    kinds: ['promise'],
    table: 'promise',
    kind: "'promise'",
    at: 'x.created_at',
    title: 'x.text',
    text: "coalesce(x.evidence, x.reason, '')",
    marks: { status: 'x.status', madeBy: 'x.made_by', dueOn: 'x.due_on', level: 'x.level' },
  },
  {
    entity: 'task',
    kinds: ['task'],
    table: 'task',
    kind: "'task'",
    at: 'x.created_at',
    title: 'x.text',
    text: "''",
    marks: { status: 'x.status', dueOn: 'x.due_on', priority: 'x.priority' },
  },
  {
    entity: 'visitReport',
    kinds: ['report'],
    table: 'visit_report',
    kind: "'report'",
    at: 'x.visited_at',
    title: 'x.title',
    text: "coalesce(x.confirmed_summary, x.discussion, x.facts, '')",
    marks: { state: 'x.state', mode: 'x.mode', purpose: 'x.purpose', version: 'CAST(x.version AS TEXT)' },
  },
  {
    entity: 'visit',
    kinds: ['plan'],
    table: 'visit',
    kind: "'plan'",
    at: 'x.starts_at',
    title: "coalesce(x.title, '')",
    text: "coalesce(x.aim, x.place, '')",
    marks: { state: 'x.state', mode: 'x.mode', purpose: 'x.purpose' },
    // Once there is a report, it stands for the visit.
    where: 'NOT EXISTS (SELECT 1 FROM visit_report y WHERE y.visit_id = x.id AND y.deleted = 0)',
  },
];

const TEXT_LIMIT = 2_000;

interface Row {
  id: string;
  kind: Kind;
  at: string;
  title: string;
  text: string;
  [mark: `mark_${string}`]: string | null;
}

export interface TimelineQuestion {
  id: string;
  kinds: readonly Kind[];
  text: string;
  before?: string | undefined;
  limit: number;
}

/** Rows of one source before an instant: `limit` of them, and all that share the instant of the last. */
const rowsOf = (
  db: ReadableDb,
  source: Source,
  question: TimelineQuestion,
  kinds: readonly Kind[],
): Row[] => {
  const marks = Object.entries(source.marks).map(([name, value]) => `, ${value} AS mark_${name}`);
  const where = [
    'x.customer_id = ?',
    'x.deleted = 0',
    ...(source.where ? [source.where] : []),
    ...(source.kinds.length > 1 ? [`${source.kind} IN (SELECT value FROM json_each(?))`] : []),
    ...(question.text ? [`(${source.title} LIKE ? ESCAPE '\\' OR ${source.text} LIKE ? ESCAPE '\\')`] : []),
  ].join(' AND ');
  const pattern = `%${literally(question.text)}%`;
  const params = [
    question.id,
    ...(source.kinds.length > 1 ? [JSON.stringify(kinds)] : []),
    ...(question.text ? [pattern, pattern] : []),
  ];
  const select = `SELECT x.id, ${source.kind} AS kind, ${source.at} AS at, ${source.title} AS title,
    substr(${source.text}, 1, ${TEXT_LIMIT}) AS text${marks.join('')} FROM ${source.table} x WHERE ${where}`;
  const before = question.before ?? '9999';
  const page = read<Row>(db, `${select} AND ${source.at} < ? ORDER BY ${source.at} DESC LIMIT ?`).all(
    ...params,
    before,
    question.limit,
  );
  const last = page.at(-1);
  if (page.length < question.limit || !last) return page;
  const ties = read<Row>(db, `${select} AND ${source.at} = ?`).all(...params, last.at);
  return [...page.filter((row) => row.at !== last.at), ...ties];
};

const itemOf = (entity: TimelineItem['entity'], row: Row): TimelineItem => {
  const marks: Record<string, string> = {};
  for (const [name, value] of Object.entries(row))
    if (name.startsWith('mark_') && typeof value === 'string') marks[name.slice(5)] = value;
  return { id: row.id, entity, kind: row.kind, at: row.at, title: row.title, text: row.text, marks };
};

/**
 * Everything that happened with a customer, newest first. A page never ends within one instant, so that the next, which
 * begins before it, leaves nothing out; it may therefore be a little longer than asked.
 */
export const timelineOf = (
  db: ReadableDb,
  question: TimelineQuestion,
): { items: TimelineItem[]; more: boolean } => {
  const wanted = question.kinds.length > 0 ? question.kinds : TIMELINE_KINDS;
  const all = SOURCES.flatMap((source) => {
    const kinds = source.kinds.filter((kind) => wanted.includes(kind));
    if (kinds.length === 0) return [];
    return rowsOf(db, source, question, kinds).map((row) => itemOf(source.entity, row));
  }).toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : a.id < b.id ? -1 : 1));
  const last = all[question.limit - 1]?.at;
  const items = last === undefined ? all : all.filter((item) => item.at >= last);
  return {
    items,
    more: last !== undefined && moreBefore(db, question, wanted, last, all.length > items.length),
  };
};

/** Whether anything lies before the page: known when the sources gave more than it took, else asked. */
const moreBefore = (
  db: ReadableDb,
  question: TimelineQuestion,
  wanted: readonly Kind[],
  before: string,
  known: boolean,
): boolean =>
  known ||
  SOURCES.some((source) => {
    const kinds = source.kinds.filter((kind) => wanted.includes(kind));
    return kinds.length > 0 && rowsOf(db, source, { ...question, before, limit: 1 }, kinds).length > 0;
  });
