import { existsSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { FailPoint } from '../../electron/data/database/fail-points.ts';
import { makeStoreFolder } from '../support/store.ts';
import { createModel, type Sent } from './model.ts';
import { keepEvidence, startChild } from './process.ts';
import { createRandom } from './random.ts';
import { checkBook, compareRecords, draftIn, knows } from './verify.ts';

const IN_FLIGHT = 4;
const MOST_COMMANDS = 40;
/** Points that are passed at work, at any start after a kill, and only when the database had to be replaced. */
const POINTS: Record<'work' | 'start' | 'recovery', FailPoint[]> = {
  work: [
    'journal.halfWritten',
    'journal.beforeFlush',
    'journal.afterAppend',
    'commit.afterRows',
    'commit.beforeCommit',
    'commit.afterCommit',
  ],
  start: ['journal.segmentCreated', 'backup.beforeRename', 'backup.afterRename'],
  recovery: ['restore.beforeMove', 'restore.afterMove', 'replay.afterEntry', 'migrate.afterStep'],
};

/** One book that is killed again and again, and must always hold what it acknowledged. */
export const createLane = (seed: number, childFile: string) => {
  const random = createRandom(seed);
  const model = createModel(random);
  const at = makeStoreFolder();
  /** Sent, not answered: after a kill they are asked again with the same ids, as the page does. */
  let pending: Sent[] = [];
  const draft = { acknowledged: 0, sent: 0 };
  let commands = 0;
  const counts = { kills: 0, atPoints: 0, damaged: 0, inRecovery: 0, acknowledged: 0 };
  const reached = new Set<string>();

  const fail = (what: string): never => {
    throw new Error(
      `seed ${seed}, kill ${counts.kills}: ${what}; the folder is kept in ${keepEvidence(at.folder)}`,
    );
  };

  const damages: (() => void)[] = [
    () => rmSync(at.files.database),
    () => truncateSync(at.files.database, random.below(statSync(at.files.database).size)),
    () => writeFileSync(at.files.database, Buffer.alloc(statSync(at.files.database).size)),
  ];

  const damage = (): void => {
    for (const suffix of ['-wal', '-shm']) rmSync(at.files.database + suffix, { force: true });
    random.pick(damages)();
    // without backups all has to come from the journal
    if (random.chance(0.6)) rmSync(at.files.backups, { recursive: true, force: true });
    counts.damaged += 1;
  };

  /** Runs the program until it is dead. */
  const runUntilKilled = async (): Promise<void> => {
    const damaged = existsSync(at.files.database) && counts.kills > 0 && random.chance(0.15);
    if (damaged) damage();
    const when = damaged && random.chance(0.7) ? 'recovery' : random.chance(0.85) ? 'work' : 'start';
    const point = random.chance(0.8) ? random.pick(POINTS[when]) : null;
    const hits = when === 'start' ? 1 : 1 + random.below(when === 'recovery' ? 3 : 15);
    let numbered = new Map<number, Sent>();
    let answered = 0;
    let opened = false;
    const limit = 5 + random.below(MOST_COMMANDS);
    const again = [...pending];
    pending = [];

    const sendNext = (): void => {
      const command = again.shift() ?? model.next();
      pending.push(command);
      numbered.set(++commands, command);
      if (command.draft) draft.sent = Math.max(draft.sent, command.draft);
      const { method, commandId, input } = command;
      child.send({ id: commands, method, commandId, input });
    };
    const child = startChild({
      file: childFile,
      folder: at.folder,
      key: at.key,
      point,
      hits,
      onLine(line) {
        if (line.failed) fail(`does not open: ${line.failed} ${line.log}`);
        if (line.opened !== undefined) {
          opened = true;
          for (let n = 0; n < IN_FLIGHT; n += 1) sendNext();
          if (!point) setTimeout(child.kill, random.below(250));
        }
        const command = line.id === undefined ? undefined : numbered.get(line.id);
        if (!command) return;
        if (!line.ok && command.method !== 'backup.now')
          fail(`${command.method} answers ${JSON.stringify(line.error)}`);
        pending = pending.filter((one) => one !== command);
        if (command.draft) draft.acknowledged = Math.max(draft.acknowledged, command.draft);
        counts.acknowledged += 1;
        answered += 1;
        if (answered < limit) sendNext();
        else child.kill();
      },
    });
    const ended = await child.ended;
    numbered = new Map();
    // what was to be asked again and was not yet keeps its place in the order
    pending = [...pending, ...again];
    if (ended.signal !== 'SIGKILL') fail(`ended by itself: ${ended.errors}`);
    counts.kills += 1;
    if (!opened) counts.inRecovery += 1;
    if (point && answered < limit) {
      counts.atPoints += 1;
      reached.add(point);
    }
  };

  const verify = async (): Promise<void> => {
    const store = at.open();
    const { book } = store;
    const known = pending.map((command) => command.writes.size === 0 || knows(book, command.commandId));
    const missing = pending.filter((_, n) => !known[n]);
    const gap = known.indexOf(false);
    const found = model.without(missing, () => compareRecords(book, model));
    const held = draftIn(book);
    const problems = [
      ...found,
      ...checkBook(book),
      ...(gap >= 0 && pending.some((command, n) => n > gap && known[n] && command.writes.size > 0)
        ? ['a later command was applied without an earlier one']
        : []),
      ...(held < draft.acknowledged || held > draft.sent
        ? [`the draft is ${held}, acknowledged ${draft.acknowledged}, sent ${draft.sent}`]
        : []),
      ...(Number(store.recovery?.params.lost ?? 0) > 0 ? ['records of the journal are lost'] : []),
    ];
    if (problems.length > 0) fail(problems.slice(0, 10).join('\n'));
    if (random.chance(0.5)) await store.close();
    else await at.cut(store);
  };

  return {
    counts,
    reached,
    /** Kills once, and looks whether everything is there; now and then the next start itself is killed first. */
    async round(): Promise<void> {
      do await runUntilKilled();
      while (random.chance(0.25));
      await verify();
    },
    remove: () => at.remove(),
  };
};
