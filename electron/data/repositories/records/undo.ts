import { AppError } from '#shared/contracts/errors.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { type CommandContext, defineFeature } from '../../feature.ts';
import { inverseOfCommand } from './inverse.ts';

/** Newest command that changed a record and takes nothing back itself; bulk works have their own undo, a signature none. */
const lastUndoable = (db: ReadableDb): string | null =>
  read<{ id: string }>(
    db,
    `SELECT k.id FROM audit_event a JOIN command k ON k.id = a.command_id
     WHERE a.records > 0 AND k.undone_by IS NULL
       AND k.name NOT GLOB 'undo.*' AND k.name NOT GLOB 'import.*' AND k.name NOT GLOB 'demo.*'
       AND k.name NOT GLOB 'review.*' AND k.name <> 'report.sign'
     ORDER BY a.n DESC LIMIT 1`,
  ).get()?.id ?? null;

const planFor = (commandId: string, context: CommandContext) => {
  const known = read<{ undone_by: string | null }>(
    context.db,
    'SELECT undone_by FROM command WHERE id = ?',
  ).get(commandId);
  if (!known) throw new AppError('not_found', { params: { entity: 'command' } });
  if (known.undone_by) return { changes: [], value: { commandId, undone: 0, skipped: 0 } };
  const { changes, undone, skipped } = inverseOfCommand(context.db, commandId);
  return { changes, value: { commandId, undone, skipped }, undoes: commandId };
};

/** Takes commands back. An undo is a command like any other: journalled, audited and pushed. */
export const undo = defineFeature({
  commands: {
    'undo.command': (input, context) => planFor(input.commandId, context),
    'undo.last': (_input, context) => {
      const commandId = lastUndoable(context.db);
      return commandId === null
        ? { changes: [], value: { commandId: null, undone: 0, skipped: 0 } }
        : planFor(commandId, context);
    },
  },
});
