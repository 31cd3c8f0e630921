import type { TaskRow } from '#shared/contracts/work.ts';
import type { Task } from '#shared/domain/entities/index.ts';
import { updating } from '../changes.ts';
import { defineFeature } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { sql } from './customers/sql.ts';
import { namedPage } from './named-rows.ts';

const BY_PRIORITY = "CASE t.priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END";

/** Things to do, with or without a customer. */
export const tasks = defineFeature({
  queries: {
    'task.list': ({ customerId, statuses, dueBefore, offset, limit }, { db }) =>
      namedPage<TaskRow>(db, {
        entity: 'task',
        where: [
          ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
          ...(statuses.length > 0
            ? [sql('t.status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses))]
            : []),
          ...(dueBefore ? [sql('t.due_on < ?', dueBefore)] : []),
        ],
        order: `t.status <> 'open', t.due_on IS NULL, t.due_on, ${BY_PRIORITY}, t.created_at, t.id`,
        offset,
        limit,
      }),
  },
  commands: {
    'task.complete': ({ id, done, on }, { db, commandId }) => {
      livingRecord<Task>(db, 'task', id);
      return {
        changes: [
          updating('task', id, done ? { status: 'done', doneOn: on } : { status: 'open', doneOn: null }),
        ],
        value: { commandId, id },
      };
    },
  },
});
