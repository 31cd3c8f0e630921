import { v7 as uuid } from 'uuid';
import { addDays, instantAt } from '#shared/domain/dates.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { CUSTOMER_CLASSES, INTERACTION_KINDS, OUTCOMES, PURPOSES } from '#shared/domain/vocabulary.ts';
import { codecs } from '../../electron/data/database/codec.ts';
import { type WritableDb, write } from '../../electron/data/database/connection.ts';
import { rebuildFacts } from '../../electron/data/repositories/customer-facts/hook.ts';

export interface FillOptions {
  customers: number;
  interactions: number;
  /** The last day of the history. */
  today: string;
  seed?: number;
  onProgress?: (what: string, done: number) => void;
}

const ZONE = 'Asia/Shanghai';
const STAMPS = JSON.stringify({ '*': '000000000-0000-fill' });
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉红梅志海晓春林佳宇欣怡'];
const PLACES = ['上海', '北京', '深圳', '广州', '杭州', '苏州', '成都', '武汉', '南京', '厦门'];
const WORDS = ['华信', '明德', '恒达', '瑞丰', '天成', '金石', '东方', '远景', '中联', '宏图'];
const TRADES = ['贸易', '电子', '科技', '物流', '食品', '建材', '医药', '纺织', '机械', '咨询'];
const AREAS = ['浦东', '徐汇', '静安', '黄浦', '长宁', '虹口', '杨浦', '闵行'];
const OCCUPATIONS = ['教师', '医生', '工程师', '律师', '会计', '经理', '退休', '个体'];

/** A small deterministic generator: the same seed fills the same book. */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { next, below, pick };
};
export type Random = ReturnType<typeof randomFrom>;

/** Fields of the n-th customer of a made book. */
export const customerFields = (
  { below, pick, next }: Random,
  n: number,
  dayAgo: (days: number) => string,
  at: (days: number) => string,
): Record<string, unknown> => {
  const company = n % 5 === 0;
  const person = pick(SURNAMES) + pick(GIVEN) + (next() < 0.7 ? pick(GIVEN) : '');
  const common = {
    class: next() < 0.9 ? pick(CUSTOMER_CLASSES) : null,
    customerNo: `C${String(n).padStart(7, '0')}`,
    phones: [{ label: '', number: `13${String(100_000_000 + below(899_999_999))}` }],
    area: pick(AREAS),
    address: `${pick(PLACES)}${pick(AREAS)}${below(900) + 1}号`,
    doNotCall: next() < 0.05,
    openedOn: dayAgo(below(1_499)),
    custom: { balance: String(below(100_000)), poutcome: pick(['unknown', 'failure', 'success']) },
    createdAt: at(below(1_499)),
  };
  if (company)
    return {
      ...common,
      kind: 'company',
      name: `${pick(PLACES)}${pick(WORDS)}${pick(TRADES)}${n}有限公司`,
      industry: pick(TRADES),
      companySize: pick(['micro', 'small', 'medium']),
    };
  return {
    ...common,
    kind: 'person',
    name: n % 7 === 0 ? `Customer ${n}` : person,
    age: 20 + below(60),
    birthDate: `${1945 + below(60)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`,
    birthdayCalendar: n % 10 === 0 ? 'lunar' : 'solar',
    occupation: pick(OCCUPATIONS),
    employer: next() < 0.3 ? `${pick(WORDS)}${pick(TRADES)}` : null,
  };
};

/** Inserts records past the write path: no history, no outbox. For measuring only. */
const inserter = (db: WritableDb, entity: EntityName) => {
  const codec = codecs[entity];
  const names = ['id', ...codec.columns.map((column) => column.column), 'stamps'];
  const statement = write(
    db,
    `INSERT INTO ${codec.table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  const blank: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(entities[entity].schema.shape)) {
    const parsed = schema.safeParse(undefined);
    blank[field] = parsed.success ? parsed.data : null;
  }
  return (id: string, fields: Record<string, unknown>): void => {
    statement.run(id, ...codec.encode({ ...blank, ...fields }), STAMPS);
  };
};

/**
 * Fills an empty book with customers and interactions (and holdings, promises, tasks, visits in proportion), facts
 * included.
 * @returns the ids of the customers.
 */
export const fillBook = (db: WritableDb, options: FillOptions): string[] => {
  const random = randomFrom(options.seed ?? 1);
  const { below, pick, next } = random;
  const dayAgo = (days: number): string => addDays(options.today, -days);
  const days = Array.from({ length: 1_500 }, (_, n) => dayAgo(n));
  const instants = days.map((day) => instantAt(day, '02:00', ZONE));
  const at = (daysAgo: number): string => instants[Math.min(daysAgo, 1_499)] as string;
  const ids = Array.from({ length: options.customers }, () => uuid());
  const insertCustomer = inserter(db, 'customer');
  const insertHolding = inserter(db, 'holding');
  const insertPromise = inserter(db, 'promise');
  const insertTask = inserter(db, 'task');
  const insertVisit = inserter(db, 'visit');
  const insertInteraction = inserter(db, 'interaction');

  const inChunks = (what: string, count: number, insert: (n: number) => void): void => {
    for (let start = 0; start < count; start += 50_000) {
      db.exec('BEGIN IMMEDIATE');
      for (let n = start; n < Math.min(start + 50_000, count); n++) insert(n);
      db.exec('COMMIT');
      options.onProgress?.(what, Math.min(start + 50_000, count));
    }
  };

  inChunks('customers', options.customers, (n) =>
    insertCustomer(
      ids[n] as string,
      customerFields(random, n, (ago) => days[ago] as string, at),
    ),
  );
  inChunks('holdings', options.customers, (n) =>
    insertHolding(uuid(), {
      customerId: ids[n],
      kind: 'termDeposit',
      productName: `定期存款 ${1 + below(5)} 年`,
      balanceMinor: below(1_000_000_00),
      previousBalanceMinor: next() < 0.5 ? below(1_000_000_00) : null,
      currency: 'CNY',
      maturesOn: addDays(options.today, below(700) - 100),
      createdAt: at(1_000),
    }),
  );
  inChunks('promises', Math.ceil(options.customers / 10), () =>
    insertPromise(uuid(), {
      customerId: pick(ids),
      text: '把方案发过去',
      madeOn: dayAgo(below(60)),
      dueOn: addDays(options.today, below(60) - 20),
      status: next() < 0.5 ? 'open' : 'kept',
      createdAt: at(below(60)),
    }),
  );
  inChunks('tasks', Math.ceil(options.customers / 10), () =>
    insertTask(uuid(), {
      customerId: pick(ids),
      text: '准备材料',
      dueOn: addDays(options.today, below(60) - 20),
      status: next() < 0.5 ? 'open' : 'done',
      createdAt: at(below(60)),
    }),
  );
  inChunks('visits', Math.ceil(options.customers / 5), () => {
    const ago = below(400) - 30;
    const day = addDays(options.today, -ago);
    const startsAt = instantAt(day, '10:00', ZONE);
    insertVisit(uuid(), {
      customerId: pick(ids),
      state: ago > 3 ? 'reported' : 'planned',
      startsAt,
      endsAt: instantAt(day, '11:00', ZONE),
      zone: ZONE,
      createdAt: at(Math.max(0, ago)),
    });
  });
  inChunks('interactions', options.interactions, (n) => {
    // Oldest first, as a book grows.
    const when = at(Math.floor(((options.interactions - n) / options.interactions) * 1_000));
    insertInteraction(uuid(), {
      customerId: pick(ids),
      kind: pick(INTERACTION_KINDS),
      at: when,
      zone: ZONE,
      purpose: pick(PURPOSES),
      outcome: pick(OUTCOMES),
      summary: '聊了近况,问了定期到期后的打算',
      createdAt: when,
    });
  });
  db.exec('BEGIN IMMEDIATE');
  rebuildFacts(db);
  db.exec('COMMIT');
  db.exec('ANALYZE');
  options.onProgress?.('facts', options.customers);
  return ids;
};
