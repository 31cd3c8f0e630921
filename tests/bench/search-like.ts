import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read } from '../../electron/data/database/connection.ts';
import { openDatabase } from '../../electron/data/database/open.ts';
import { searchBook } from '../../electron/data/search/search.ts';
import { quantile, report } from './report.ts';

const WORDS = ['张伟', '定期', '近况', '李建国', '5678', '打算', '贸易', '王'];
const ROUNDS = 5;

/** The index against LIKE over the same rows: names of customers and words of contacts. */
export const measureLike = (folder: string): void => {
  const book = join(folder, 'data', 'books', 'demo');
  const { none } = JSON.parse(readFileSync(join(book, 'keys.json'), 'utf8')) as { none: { key: string } };
  const db = openDatabase({ file: join(book, 'book.db'), key: Buffer.from(none.key, 'base64') });
  const like = (word: string) =>
    read(
      db,
      "SELECT id FROM customer WHERE deleted = 0 AND name LIKE '%' || ? || '%' UNION ALL SELECT id FROM (SELECT id FROM interaction WHERE deleted = 0 AND summary LIKE '%' || ? || '%' ORDER BY at DESC LIMIT 30)",
    ).all(word, word);
  const times = { index: [] as number[], like: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const word of WORDS) {
      let begun = performance.now();
      searchBook(db, { text: word, kinds: [], limit: 30 });
      times.index.push(performance.now() - begun);
      begun = performance.now();
      like(word);
      times.like.push(performance.now() - begun);
    }
  }
  report({
    name: 'search by index, p95',
    value: quantile(times.index, 0.95),
    unit: 'ms',
    against: 'LIKE over names and contacts',
    baseline: quantile(times.like, 0.95),
    n: times.index.length,
  });
  db.close();
};
