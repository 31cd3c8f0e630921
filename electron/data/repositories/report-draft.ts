import { AppError } from '#shared/contracts/errors.ts';
import { plainDate } from '#shared/domain/dates.ts';
import type {
  CompanyContact,
  Interaction,
  Note,
  Promise_,
  Task,
  Visit,
} from '#shared/domain/entities/index.ts';
import { withoutExtracts } from '#shared/domain/rules/note-extract.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation, updating } from '../changes.ts';
import { codecs } from '../database/codec.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import type { CommandContext } from '../feature.ts';
import { customerNameOf } from './named-rows.ts';

const LONGEST_DISCUSSION = 50_000;

const all = <R>(
  db: ReadableDb,
  entity: 'interaction' | 'note' | 'promise' | 'task' | 'companyContact',
  where: string,
  ...params: unknown[]
): R[] =>
  read(db, `SELECT * FROM ${codecs[entity].table} WHERE ${where} AND deleted = 0`)
    .all(...params)
    .map((row) => codecs[entity].decode(row) as unknown as R);

/** What is written down about a visit. */
const factsOf = (db: ReadableDb, visit: Visit) => {
  const { id, customerId } = visit;
  const on = plainDate(visit.startsAt, visit.zone);
  return {
    interactions: all<Interaction>(
      db,
      'interaction',
      `visit_id = ? AND NOT EXISTS (SELECT 1 FROM interaction y WHERE y.corrects_id = interaction.id AND y.deleted = 0)`,
      id,
    ).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    notes: all<Note>(db, 'note', 'visit_id = ?', id).toSorted((a, b) => (a.takenAt < b.takenAt ? -1 : 1)),
    promises: all<Promise_>(
      db,
      'promise',
      `customer_id = ? AND (visit_id = ? OR made_on = ? OR note_id IN (SELECT id FROM note WHERE visit_id = ?))`,
      ...[customerId, id, on, id],
    ),
    tasks: all<Task>(
      db,
      'task',
      `customer_id = ? AND status = 'open' AND (visit_id = ? OR note_id IN (SELECT id FROM note WHERE visit_id = ?))`,
      ...[customerId, id, id],
    ),
  };
};

/** Who took part: as planned, else the people of the company the visit names, else the customer. */
const participantsOf = (db: ReadableDb, visit: Visit): Visit['participants'] => {
  if (visit.participants.length > 0) return visit.participants;
  const contacts = all<CompanyContact>(
    db,
    'companyContact',
    'id IN (SELECT value FROM json_each(?))',
    JSON.stringify(visit.companyContactIds),
  );
  if (contacts.length > 0)
    return contacts.map(({ name, jobTitle }) => ({ name, role: jobTitle ?? '', side: 'customer' }));
  const name = customerNameOf(db, visit.customerId);
  return name ? [{ name: name.slice(0, 120), role: '', side: 'customer' }] : [];
};

/**
 * The first draft of a report: from the visit, what was logged and noted of it, and what was promised on the day. What the
 * customer agreed to (確認理解) stays empty: only the manager can say it.
 * @throws not_allowed when the visit did not take place
 */
export const draftOf = (visit: Visit, id: string, { db, at }: CommandContext): Change[] => {
  if (visit.state === 'cancelled' || visit.state === 'missed')
    throw new AppError('not_allowed', { params: { from: visit.state, to: 'reported' } });
  const { interactions, notes, promises, tasks } = factsOf(db, visit);
  const texts = [
    ...interactions.map((one) => one.summary ?? ''),
    ...notes.map((note) => withoutExtracts(note.body)),
  ].filter((words) => words.trim() !== '');
  const day = plainDate(visit.startsAt, visit.zone);
  const name = customerNameOf(db, visit.customerId) ?? '';
  const begun = visit.startsAt <= at && ['planned', 'confirmed', 'underWay'].includes(visit.state);
  return [
    creation('visitReport', id, {
      customerId: visit.customerId,
      visitId: visit.id,
      title: (visit.title?.trim() || `${name} ${day}`).slice(0, 200),
      visitedAt: visit.startsAt,
      endedAt: visit.endsAt,
      zone: visit.zone,
      mode: visit.mode,
      purpose: visit.purpose,
      place: visit.place,
      participants: participantsOf(db, visit),
      discussion: texts.join('\n\n').slice(0, LONGEST_DISCUSSION) || null,
      promiseIds: promises.slice(0, 100).map((promise) => promise.id),
      nextSteps: tasks
        .slice(0, 50)
        .map((task) => ({ text: task.text.slice(0, 1_000), who: 'me', dueOn: task.dueOn })),
      nextHook: interactions.findLast((one) => one.nextHook)?.nextHook ?? null,
      createdAt: at,
    }),
    ...(begun ? [updating('visit', visit.id, { state: 'reported' })] : []),
  ];
};
