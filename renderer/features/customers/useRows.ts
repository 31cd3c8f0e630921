import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CustomerRow } from '#shared/contracts/customers.ts';
import type { CustomerView } from '#shared/domain/filter.ts';
import { bookQuery } from '../../app/queries.ts';

const PAGE = 100;
/** Rows asked for beyond what is in sight, so that a wheel never outruns them. */
const AHEAD = 50;
/** A dragged scroll bar passes pages faster than anybody reads; only where it rests they are asked for. */
const REST_MS = 40;
const FORGET_MS = 60_000;

const useRested = (key: string): boolean => {
  const [rested, setRested] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return rested === key;
};

interface Shown {
  total: number;
  pages: Map<number, CustomerRow[]>;
}

/**
 * The rows of a view around the ones in sight, a page at a time. While another view loads, the former one stays.
 * `total` is null until anything is known; a row that is not here yet is undefined.
 */
export const useRows = (view: CustomerView, first: number, last: number) => {
  const from = Math.floor(Math.max(0, first - AHEAD) / PAGE);
  const to = Math.floor((last + AHEAD) / PAGE);
  const pages = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  const rested = useRested(`${from}-${to}`);
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...bookQuery('customer.list', { ...view, offset: page * PAGE, limit: PAGE }),
      enabled: rested,
      gcTime: FORGET_MS,
    })),
  });
  const shown = useRef<Shown | null>(null);
  const newest = answers
    .filter((answer) => answer.data)
    .sort((one, other) => other.dataUpdatedAt - one.dataUpdatedAt)[0];
  if (newest?.data) {
    const known = new Map<number, CustomerRow[]>();
    answers.forEach((answer, n) => {
      if (answer.data) known.set(from + n, answer.data.rows);
    });
    shown.current = { total: newest.data.total, pages: known };
  }
  const current = shown.current;
  return {
    total: current?.total ?? null,
    error: answers.find((answer) => answer.error)?.error ?? null,
    rowAt: (index: number): CustomerRow | undefined =>
      current?.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
  };
};
