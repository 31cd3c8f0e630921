import { v7 as uuid } from 'uuid';
import { addDays, instantAt } from '#shared/domain/dates.ts';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { INTERACTION_KINDS, OUTCOMES, PURPOSES } from '#shared/domain/vocabulary.ts';
import { customerFields, randomFrom } from '../fill.ts';

export interface MadeRecord {
  entity: EntityName;
  id: string;
  customerId: string;
  data: Record<string, unknown>;
}

export const TODAY = '2026-11-23';
const ZONE = 'Asia/Shanghai';
export const CHILDREN = 9;
/** Who made them, as a server would say. */
export const MADE_STAMP = '000000000-0000-s-made';

/** Fields that say something: a server keeps no others. */
const said = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined));

/**
 * Customers with nine records each: who looks after them, two holdings, four contacts, a visit, a note. The same arguments
 * make the same records, ids included, in every process.
 */
export function* makeRecords(customers: number, ownerId: string, seed = 1): Generator<MadeRecord> {
  const random = randomFrom(seed);
  const { below, pick, next } = random;
  const days = Array.from({ length: 1_500 }, (_, n) => addDays(TODAY, -n));
  const dayAgo = (ago: number): string => days[ago] as string;
  const instants = days.map((day) => instantAt(day, '02:00', ZONE));
  const at = (ago: number): string => instants[ago] as string;
  let made = 0;
  const newId = (): string => {
    made += 1;
    // ids of one millisecond each, as of a book that grew over the years
    return uuid({
      msecs: 1_700_000_000_000 + made,
      seq: 0,
      random: Uint8Array.from({ length: 16 }, () => below(256)),
    });
  };
  for (let n = 0; n < customers; n++) {
    const customerId = newId();
    const record = (entity: EntityName, data: Record<string, unknown>, id = newId()): MadeRecord => ({
      entity,
      id,
      customerId,
      data: said(entity === 'customer' ? data : { customerId, ...data }),
    });
    yield record('customer', customerFields(random, n, dayAgo, at), customerId);
    yield record('assignment', { userId: ownerId, role: 'owner', since: at(1_400), createdAt: at(1_400) });
    for (let held = 0; held < 2; held++)
      yield record('holding', {
        kind: 'termDeposit',
        productName: `定期存款 ${1 + below(5)} 年`,
        balanceMinor: below(1_000_000_00),
        previousBalanceMinor: next() < 0.5 ? below(1_000_000_00) : null,
        maturesOn: addDays(TODAY, below(700) - 100),
        createdAt: at(1_000),
      });
    for (let contact = 0; contact < 4; contact++) {
      const when = at(below(1_000));
      yield record('interaction', {
        kind: pick(INTERACTION_KINDS),
        at: when,
        zone: ZONE,
        purpose: pick(PURPOSES),
        outcome: pick(OUTCOMES),
        summary: `聊了近况,问了定期到期后的打算,约了${below(12) + 1}月再谈`,
        createdAt: when,
      });
    }
    const ago = below(1_400) + 5;
    yield record('visit', {
      state: 'reported',
      startsAt: instantAt(dayAgo(ago), '10:00', ZONE),
      endsAt: instantAt(dayAgo(ago), '11:00', ZONE),
      zone: ZONE,
      createdAt: at(ago),
    });
    yield record('note', {
      title: '走访要点',
      body: `- 家里有孩子上学,关注教育金\n- 到期资金 ${below(90) + 10} 万,想看稳健产品\n- 下次带${pick(['产品说明', '利率表', '基金定投资料'])}`,
      takenAt: at(ago),
      zone: ZONE,
      createdAt: at(ago),
    });
  }
}

/** The items of an iterable in lists of `size`. */
export function* inLists<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let list: T[] = [];
  for (const item of items) {
    list.push(item);
    if (list.length < size) continue;
    yield list;
    list = [];
  }
  if (list.length > 0) yield list;
}
