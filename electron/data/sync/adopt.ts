import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { SCHEMA } from '#shared/sync/protocol.ts';
import { codecs } from '../database/codec.ts';
import { read } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';
import { markErased, nothingApplied, unpark } from './apply.ts';
import type { RoundContext } from './context.ts';
import { putRow, type SyncedRow } from './rows.ts';
import { shapeData } from './shape.ts';

/** Key of the schema whose fields have been taken in. */
export const ADOPTED = 'sync.adoptedSchema';

/** Names everything this program knows. */
export const schemaFingerprint = (): string =>
  `${SCHEMA}.${Object.values(entities)
    .map(({ name, version, schema }) => `${name}${version}${Object.keys(schema.shape).length}`)
    .join()}`;

/** After an update of the program: fields and records of newer peers that it understands by now are taken in. */
export const adoptNewFields = ({ book, db, syncId }: Pick<RoundContext, 'book' | 'db' | 'syncId'>): void => {
  const fingerprint = schemaFingerprint();
  if (metaOf(db, ADOPTED) === fingerprint) return;
  book.absorb((writable) => {
    const applied = nothingApplied();
    unpark(writable, syncId, applied);
    for (const entity of Object.keys(entities) as EntityName[]) {
      const rows = read<SyncedRow>(db, `SELECT * FROM ${codecs[entity].table} WHERE extra IS NOT NULL`).all();
      for (const row of rows) {
        const { id, ...data } = codecs[entity].decode(row);
        const shaped = shapeData(entity, { ...data, ...(JSON.parse(row.extra ?? '{}') as object) });
        if (!shaped) continue;
        putRow(writable, entity, id, {
          data: shaped.known,
          stamps: JSON.parse(row.stamps) as Record<string, string>,
          deleted: row.deleted === 1,
          extra: shaped.extra,
          seq: row.server_seq,
        });
        applied.mutations.push({
          entity,
          id,
          op: 'update',
          fields: shaped.known,
          before: null,
          base: {},
          stamp: '',
          schemaVersion: 1,
        });
      }
    }
    markErased(writable, applied);
    setMeta(writable, ADOPTED, fingerprint);
    return { value: undefined, ...applied };
  });
};
