import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { read } from '../../../electron/data/database/connection.ts';
import type { FailPoint } from '../../../electron/data/database/fail-points.ts';
import { assign, reassign, unassign } from '../../../server/store/assignments.ts';
import { createServerClock } from '../../../server/store/clock.ts';
import { crashAt, type Laptop, type WireFault, type World } from '../../support/sync-world.ts';
import type { Ledger } from './ledger.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FAULTS = ['lostRequest', 'lostAnswer', 'duplicate', 'truncated', 'unavailable'] as const;
const POINTS = ['absorb.beforeCommit', 'absorb.afterCommit'] as const satisfies readonly FailPoint[];
const FIELDS = ['name', 'city', 'about', 'occupation'] as const;

const who = fc.nat(2);
const pick = fc.nat(1_000);
const step = <K extends string, R>(kind: K, parts: { [N in keyof R]: fc.Arbitrary<R[N]> }) =>
  fc.record({ kind: fc.constant(kind), ...parts }) as fc.Arbitrary<{ kind: K } & R>;

/** What may happen in a history. Numbers choose among what is there, so that a shrunk history still means something. */
export const steps = fc.oneof(
  { weight: 4, arbitrary: step('create', { who }) },
  { weight: 9, arbitrary: step('edit', { who, pick, field: fc.constantFrom(...FIELDS) }) },
  { weight: 5, arbitrary: step('createNote', { who, pick }) },
  { weight: 8, arbitrary: step('editNote', { who, pick, line: pick }) },
  { weight: 2, arbitrary: step('remove', { who, pick, entity: fc.constantFrom('note', 'customer') }) },
  { weight: 2, arbitrary: step('restore', { who, pick }) },
  { weight: 1, arbitrary: step('move', { who, pick, to: pick }) },
  { weight: 2, arbitrary: step('task', { who }) },
  { weight: 12, arbitrary: step('round', { who }) },
  {
    weight: 8,
    arbitrary: step('faultyRound', {
      who,
      faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: step('crash', {
      who,
      point: fc.constantFrom(...POINTS),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: step('restart', { who }) },
  {
    weight: 2,
    arbitrary: step('skew', { who, by: fc.constantFrom(0, 90_000, -5 * 60_000, HOUR, -3 * DAY, 2 * DAY) }),
  },
  { weight: 3, arbitrary: step('reassign', { pick, to: fc.nat(1) }) },
  { weight: 1, arbitrary: step('deputy', { pick, to: fc.nat(1) }) },
  { weight: 1, arbitrary: step('unassign', { pick }) },
  { weight: 1, arbitrary: step('newerPeer', { pick }) },
  { weight: 1, arbitrary: step('backUp', { who }) },
  { weight: 2, arbitrary: step('goBack', { who }) },
  { weight: 1, arbitrary: step('serverBackUp', {}) },
  { weight: 2, arbitrary: step('serverGoesBack', {}) },
);
export type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

interface Rows {
  [table: string]: Record<string, unknown>[];
}
const TABLES = ['record', 'assignment', 'change_log', 'mutation_answer', 'client', 'quarantine', 'purge'];

/** What a history carries from step to step. */
export interface Scene {
  world: World;
  ledger: Ledger;
  saved: { rows: Rows; seq: number } | null;
  ran: Map<string, number>;
}

const clock = createServerClock();

const living = (laptop: Laptop, table: string): string[] =>
  read<{ id: string }>(laptop.book.db, `SELECT id FROM ${table} WHERE deleted = 0 ORDER BY id`)
    .all()
    .map(({ id }) => id);

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

const customersOf = async ({ world }: Scene): Promise<string[]> =>
  (
    await world.server.db.query<{ id: string }>(
      `SELECT id FROM record WHERE book_id = $1 AND entity = 'customer' AND NOT deleted ORDER BY seq`,
      [world.bookId],
    )
  ).map(({ id }) => id);

const laptopOf = ({ world }: Scene, index: number): Laptop =>
  world.laptops[index % world.laptops.length] as Laptop;

const createdAt = '2026-03-02T01:02:03.004Z';

const saveServer = async ({ world: { server, bookId } }: Scene): Promise<NonNullable<Scene['saved']>> => {
  const rows: Rows = {};
  for (const table of TABLES)
    rows[table] = (
      await server.db.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE book_id = $1`,
        [bookId],
      )
    ).map(({ row }) => row);
  const [book] = await server.db.query<{ seq: number }>('SELECT seq FROM book WHERE id = $1', [bookId]);
  return { rows, seq: book?.seq ?? 0 };
};

/** As a restore of the server from a backup: everything since is unknown to it, and it begins a new epoch. */
const restoreServer = async (
  { world: { server, bookId } }: Scene,
  saved: NonNullable<Scene['saved']>,
): Promise<void> => {
  await server.db.transaction(async (sql) => {
    for (const table of TABLES) {
      await sql.query(`DELETE FROM ${table} WHERE book_id = $1`, [bookId]);
      await sql.query(
        `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::public.${table}, $1::jsonb)`,
        [JSON.stringify(saved.rows[table] ?? [])],
      );
    }
    await sql.query('UPDATE book SET seq = $2, epoch = $3 WHERE id = $1', [
      bookId,
      saved.seq,
      uuid().slice(-12),
    ]);
  });
};

/** Does one step. A step that finds nothing to act on does nothing. @returns whether it did something */
export const perform = async (scene: Scene, one: Step): Promise<boolean> => {
  const { world, ledger } = scene;
  const { db } = world.server;
  switch (one.kind) {
    case 'create': {
      const laptop = laptopOf(scene, one.who);
      const name = ledger.next(laptop.name);
      const id = uuid();
      const done = laptop.type([
        { entity: 'customer', id, op: 'create', fields: { kind: 'person', name, createdAt } },
      ]);
      return done && ledger.typed(name);
    }
    case 'edit': {
      const laptop = laptopOf(scene, one.who);
      const id = at(living(laptop, 'customer'), one.pick);
      if (!id) return false;
      const value = ledger.next(laptop.name);
      return (
        laptop.type([{ entity: 'customer', id, op: 'update', fields: { [one.field]: value } }]) &&
        ledger.typed(value)
      );
    }
    case 'createNote': {
      const laptop = laptopOf(scene, one.who);
      const customerId = at(living(laptop, 'customer'), one.pick);
      if (!customerId) return false;
      const value = ledger.next(laptop.name);
      const fields = {
        customerId,
        body: `${value}\n\nmiddle\n\nend`,
        takenAt: createdAt,
        zone: 'UTC',
        createdAt,
      };
      return laptop.type([{ entity: 'note', id: uuid(), op: 'create', fields }]) && ledger.typed(value);
    }
    case 'editNote': {
      const laptop = laptopOf(scene, one.who);
      const id = at(living(laptop, 'note'), one.pick);
      if (!id) return false;
      const lines = (
        read<{ body: string }>(laptop.book.db, 'SELECT body FROM note WHERE id = ?').get(id)?.body ?? ''
      ).split('\n');
      const value = ledger.next(laptop.name);
      lines.splice(one.line % (lines.length + 1), 0, value);
      return (
        laptop.type([{ entity: 'note', id, op: 'update', fields: { body: lines.join('\n') } }]) &&
        ledger.typed(value)
      );
    }
    case 'remove': {
      const laptop = laptopOf(scene, one.who);
      const id = at(living(laptop, one.entity), one.pick);
      return id !== undefined && laptop.type([{ entity: one.entity, id, op: 'delete', fields: {} }]);
    }
    case 'restore': {
      const laptop = laptopOf(scene, one.who);
      const gone = read<{ id: string }>(
        laptop.book.db,
        'SELECT id FROM note WHERE deleted = 1 ORDER BY id',
      ).all();
      const id = at(gone, one.pick)?.id;
      return id !== undefined && laptop.type([{ entity: 'note', id, op: 'restore', fields: {} }]);
    }
    case 'move': {
      const laptop = laptopOf(scene, one.who);
      const id = at(living(laptop, 'note'), one.pick);
      const customerId = at(living(laptop, 'customer'), one.to);
      return (
        !!id && !!customerId && laptop.type([{ entity: 'note', id, op: 'update', fields: { customerId } }])
      );
    }
    case 'task': {
      const laptop = laptopOf(scene, one.who);
      const text = ledger.next(laptop.name);
      return (
        laptop.type([{ entity: 'task', id: uuid(), op: 'create', fields: { text, createdAt } }]) &&
        ledger.typed(text)
      );
    }
    case 'round':
      await laptopOf(scene, one.who).engine.round();
      return true;
    case 'faultyRound': {
      const laptop = laptopOf(scene, one.who);
      laptop.faults = [...(one.faults as WireFault[])];
      await laptop.engine.round();
      laptop.faults = [];
      return true;
    }
    case 'crash':
      return crashAt(laptopOf(scene, one.who), one.point, one.times);
    case 'restart':
      laptopOf(scene, one.who).restart();
      return true;
    case 'skew':
      laptopOf(scene, one.who).skew = one.by;
      return true;
    case 'reassign': {
      const id = at(await customersOf(scene), one.pick);
      if (!id) return false;
      const to = laptopOf(scene, one.to).accountId;
      await db.transaction((sql) => reassign(sql, world.bookId, id, to, { clock, at: createdAt }));
      return true;
    }
    case 'deputy': {
      const id = at(await customersOf(scene), one.pick);
      const to = laptopOf(scene, one.to).accountId;
      if (!id) return false;
      const held = await db.query(
        'SELECT 1 FROM assignment WHERE book_id = $1 AND customer_id = $2 AND account_id = $3 AND ended_seq IS NULL',
        [world.bookId, id, to],
      );
      if (held.length > 0) return false;
      const wanted = [{ customerId: id, accountId: to, role: 'deputy' as const }];
      await db.transaction((sql) => assign(sql, world.bookId, wanted, { clock, at: createdAt }));
      return true;
    }
    case 'unassign': {
      const held = await db.query<{ customerId: string; accountId: string }>(
        `SELECT customer_id AS "customerId", account_id AS "accountId" FROM assignment
         WHERE book_id = $1 AND ended_seq IS NULL ORDER BY seq`,
        [world.bookId],
      );
      const pair = at(held, one.pick);
      if (!pair) return false;
      await db.transaction((sql) => unassign(sql, world.bookId, [pair], { clock }));
      return true;
    }
    case 'newerPeer': {
      // a program of tomorrow writes a field and an entity that this one does not know
      const id = at(await customersOf(scene), one.pick);
      if (!id) return false;
      await db.transaction(async (sql) => {
        const [book] = await sql.query<{ seq: number }>(
          'UPDATE book SET seq = seq + 2 WHERE id = $1 RETURNING seq',
          [world.bookId],
        );
        const seq = book?.seq ?? 0;
        await sql.query(
          `UPDATE record SET data = data || '{"mood":"curious"}'::jsonb, stamps = stamps || jsonb_build_object('mood', $3::text), seq = $4
           WHERE book_id = $1 AND entity = 'customer' AND id = $2`,
          [world.bookId, id, clock.next(), seq - 1],
        );
        await sql.query(
          `INSERT INTO record (book_id, entity, id, customer_id, data, stamps, seq)
           VALUES ($1, 'hologram', $2, $3::uuid, jsonb_build_object('customerId', ($3::uuid)::text, 'colour', 'blue'), jsonb_build_object('*', $4::text), $5)`,
          [world.bookId, uuid(), id, clock.next(), seq],
        );
      });
      return true;
    }
    case 'backUp':
      laptopOf(scene, one.who).backUp();
      return true;
    case 'goBack': {
      const laptop = laptopOf(scene, one.who);
      // the list of refused ones comes from the backup: what was refused since lies in the journal and is refused again
      return laptop.goBack();
    }
    case 'serverBackUp':
      scene.saved = await saveServer(scene);
      return true;
    case 'serverGoesBack':
      if (!scene.saved) return false;
      ledger.forgiveUnheld(world);
      await restoreServer(scene, scene.saved);
      return true;
  }
};
