import { useEffect, useState } from 'react';
import { localZone, toPlainDate } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';

const CHECK_EVERY_MS = 60_000;

/** Today's plain date; moves on at midnight while the app stays open. */
export const useDate = (): string => {
  const [date, setDate] = useState(() => toPlainDate(new Date()));
  useEffect(() => {
    const timer = setInterval(() => setDate(toPlainDate(new Date())), CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return date;
};

/** Everything the Today screen shows; `limit` lines per list. */
export const useToday = (limit: number) => {
  const date = useDate();
  return { date, ...useBookQuery('today.get', { date, zone: localZone(), limit }, { keepPrevious: true }) };
};
