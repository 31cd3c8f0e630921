import { type Instant, type PlainDate, plainDate, systemZone } from '#shared/domain/dates.ts';

/** The moment a question is asked: what "today" and "from now on" mean in its answer. */
export interface Day {
  today: PlainDate;
  now: Instant;
  zone: string;
}

export const dayOf = (now: Date, zone: string = systemZone()): Day => ({
  today: plainDate(now, zone),
  now: now.toISOString(),
  zone,
});
