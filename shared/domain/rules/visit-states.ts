import type { Interaction, Visit } from '../entities/index.ts';

type State = Visit['state'];

/** S3-32: 计划 → 已约 → 进行 → 已报 → 已签, and the ways out. The first of each is the usual next step. */
const NEXT: Record<State, readonly State[]> = {
  planned: ['confirmed', 'underWay', 'cancelled', 'missed'],
  confirmed: ['underWay', 'planned', 'cancelled', 'missed'],
  underWay: ['reported', 'missed'],
  // Back to under way when its draft is thrown away.
  reported: ['signed', 'underWay'],
  signed: [],
  cancelled: ['planned'],
  missed: ['planned'],
};

/** The states that may follow. */
export const nextStates = (from: State): readonly State[] => NEXT[from];

export const mayFollow = (from: State, to: State): boolean => NEXT[from].includes(to);

/** States in which a new visit may start: a visit nobody planned is under way when it is written down. */
export const FIRST_STATES: readonly State[] = ['planned', 'confirmed', 'underWay'];

/** S4-12 目的: a visit without purpose and aim is not ready to be confirmed. */
export const hasPurpose = (visit: Pick<Visit, 'purpose' | 'aim'>): boolean =>
  visit.purpose !== null || Boolean(visit.aim?.trim());

type Contact = Pick<Interaction, 'kind' | 'outcome'>;

/** Kinds of contact that are the visit itself, by its mode. */
const isTheVisit = (visit: Pick<Visit, 'mode'>, contact: Contact): boolean => {
  if (visit.mode === 'video') return contact.kind === 'video';
  if (visit.mode === 'phone') return contact.kind === 'call';
  return contact.kind === 'visit' || contact.kind === 'event';
};

/**
 * The state of a visit after a contact was logged for it: the visit itself puts it under way, a call that made the
 * appointment confirms it. null when the contact says nothing about it.
 */
export const stateAfterContact = (
  visit: Pick<Visit, 'state' | 'mode' | 'purpose' | 'aim'>,
  contact: Contact,
): State | null => {
  const open = visit.state === 'planned' || visit.state === 'confirmed';
  if (!open || contact.outcome === 'noAnswer' || contact.outcome === 'wrongNumber') return null;
  if (isTheVisit(visit, contact)) return 'underWay';
  const agreed = contact.outcome === 'appointment' || contact.outcome === 'agreed';
  return visit.state === 'planned' && agreed && hasPurpose(visit) ? 'confirmed' : null;
};
