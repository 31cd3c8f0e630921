// Measures the search past the page: node build/run.mjs tests/bench/search.ts [customers] [interactions]
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from '../../electron/data/database/connection.ts';
import { migrate } from '../../electron/data/database/migrate.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { buildIndex } from '../../electron/data/search/rebuild.ts';
import { searchBook } from '../../electron/data/search/search.ts';
import { fillBook } from './fill.ts';

const customers = Number(process.argv[2] ?? 50_000);
const interactions = Number(process.argv[3] ?? 1_000_000);
const QUERIES = [
  '王',
  '张伟',
  '李建国',
  '的',
  '定期',
  '到期后',
  '聊了近况',
  '理财 张',
  '张 定期',
  'a',
  '1',
  'zw',
  'zhangwei',
  'zhang wei',
  'wang',
  'w',
  'customer 70',
  'zw 138',
  '5678',
  '13812345678',
  '0000123',
  '华信',
  '上海 贸易',
  'shanghai',
  'hx',
  '王 到期',
  '张伟 打算',
  '不存在的',
  'qqqq',
  '医生 浦东',
  '把方案',
  '材料',
  '号 1',
  'c',
  '了 a',
  'xianshi',
];

const folder = process.env.SEARCH_BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'visitbook-bench-'));
const file = join(folder, `book-${customers}-${interactions}.db`);
const isNew = !existsSync(file);
const db = openDatabase({
  file,
  key: process.env.SEARCH_BENCH_FOLDER ? Buffer.alloc(32, 1) : randomBytes(32),
});
db.pragma('synchronous = OFF');
migrate(db);
if (isNew) fillBook(db, { customers, interactions, today: '2026-11-23' });
const sizeBefore = statSync(file).size;
const started = performance.now();
await buildIndex(db);
const seconds = (performance.now() - started) / 1_000;
db.pragma('wal_checkpoint(TRUNCATE)');
const line = (name: string, value: number, unit: string, n: number, more = {}): void =>
  console.log(JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, n, ...more }));
line('search.build', seconds, 's', customers + interactions);
line('search.indexBytes', (statSync(file).size - sizeBefore) / 1e6, 'MB', 1);
const count = read<{ n: number }>(db, 'SELECT count(*) AS n FROM search_index_data').get();
line('search.blocks', count?.n ?? 0, 'rows', 1);

const times: number[] = [];
for (const text of QUERIES) {
  const own: number[] = [];
  let hits = 0;
  for (let n = 0; n < 12; n++) {
    const begun = performance.now();
    hits = searchBook(db, { text, kinds: [], limit: 30 }).hits.length;
    own.push(performance.now() - begun);
  }
  times.push(...own.slice(2));
  own.sort((a, b) => a - b);
  console.log(text.padEnd(14), 'p50', own[6]?.toFixed(2), 'max', own.at(-1)?.toFixed(2), 'hits', hits);
}
times.sort((a, b) => a - b);
line('search.p50', times[Math.floor(times.length * 0.5)] as number, 'ms', times.length);
line('search.p95', times[Math.floor(times.length * 0.95)] as number, 'ms', times.length);
db.close();
if (!process.env.SEARCH_BENCH_FOLDER) rmSync(folder, { recursive: true, force: true });
