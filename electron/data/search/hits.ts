import type { Output } from '#shared/contracts/registry.ts';
import { pieces, snippet } from '#shared/domain/search/highlight.ts';
import { type Range, rangesInName, rangesInNumber, rangesInText } from '#shared/domain/search/match.ts';
import type { SearchQuery } from '#shared/domain/search/query.ts';
import type { Candidate } from './candidates.ts';

export type Hit = Output<'search.query'>['hits'][number];

const inName = (query: SearchQuery, name: string): Range[] =>
  query.parts.flatMap((part) => rangesInName(part, name));
const inNumber = (query: SearchQuery, number: string): Range[] =>
  query.parts.flatMap((part) => [...rangesInNumber(part, number), ...rangesInText(part, number)]);
const inText = (query: SearchQuery, text: string): Range[] =>
  query.parts.flatMap((part) => rangesInText(part, text));

/** The piece of a record that shows why it was found, marked. */
const reason = (query: SearchQuery, { document }: Candidate, shownAlready: string): string[] | null => {
  const options: [string, Range[]][] = [
    ...document.names.map((name): [string, Range[]] => [name, inName(query, name)]),
    ...document.numbers.map((number): [string, Range[]] => [number, inNumber(query, number)]),
    ...document.texts.map((text): [string, Range[]] => [text, inText(query, text)]),
  ];
  const best = options.find(([text, ranges]) => text !== shownAlready && ranges.length > 0);
  return best ? snippet(...best) : null;
};

/** What a customer is told from another by, when the name says everything else. */
const DETAILS = ['employer', 'industry', 'occupation', 'area', 'city', 'address'] as const;

const personHit = (query: SearchQuery, candidate: Candidate): Pick<Hit, 'title' | 'line'> => {
  const { record, customerName, document } = candidate;
  const name = (record.name as string | null) ?? '';
  const missing = query.parts.some((part) => rangesInName(part, name).length === 0);
  const detail = [
    customerName,
    document.numbers[0],
    ...DETAILS.map((field) => record[field] as string | null | undefined),
  ].filter(Boolean);
  const plain = customerName
    ? pieces(customerName, inName(query, customerName))
    : [detail.slice(0, 2).join(' · ')];
  const why = missing ? reason(query, candidate, name) : null;
  return { title: pieces(name, inName(query, name)), line: why ?? plain };
};

const nameLine = (query: SearchQuery, name: string | null): string[] =>
  name === null ? [''] : pieces(name, inName(query, name));

const textHit = (query: SearchQuery, candidate: Candidate): Pick<Hit, 'title' | 'line'> => {
  const { kind, record, customerName, document } = candidate;
  if (kind === 'task' || kind === 'promise') {
    const text = (record.text as string | null) ?? '';
    const ranges = inText(query, text);
    const why = ranges.length === 0 ? reason(query, candidate, text) : null;
    return { title: snippet(text, ranges), line: why ?? nameLine(query, customerName) };
  }
  const title = (record.title as string | null | undefined) ?? '';
  const why = reason(query, candidate, title);
  if (title === '') return { title: nameLine(query, customerName), line: why ?? [''] };
  const first = document.texts.find((text) => text !== title);
  const line = why ?? (customerName === null ? snippet(first ?? '', []) : nameLine(query, customerName));
  return { title: pieces(title, inText(query, title)), line };
};

/** What the screen shows of a record that was found. */
export const hitOf = (query: SearchQuery, candidate: Candidate): Hit => ({
  entity: candidate.kind,
  id: candidate.id,
  customerId: candidate.customerId,
  ...(candidate.kind === 'customer' || candidate.kind === 'companyContact'
    ? personHit(query, candidate)
    : textHit(query, candidate)),
  at: candidate.at,
});
