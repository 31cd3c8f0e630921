import { call } from './data-client.ts';
import { i18n } from './i18n.ts';
import { say } from './notify.tsx';

/** Takes back the newest command that can be taken back and says so. @throws AppError. */
export const undoLast = async (): Promise<void> => {
  const { commandId, undone, skipped } = await call('undo.last', {});
  const words =
    commandId === null
      ? i18n.t('common:undo.nothing')
      : skipped > 0
        ? i18n.t('common:undo.partly', { undone, skipped })
        : i18n.t('common:undo.done');
  say({ message: words });
};
