import type { AttachmentRow } from '#shared/contracts/attachments.ts';
import { call } from '../../app/data-client.ts';
import { i18n } from '../../app/i18n.ts';
import { notifyAction, notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { suggestedName } from './file-words.ts';

/** Writes a copy where the user chooses. */
export const saveAttachment = async ({ id, name }: AttachmentRow): Promise<void> => {
  try {
    const chosen = await shell('shell.chooseSave', { purpose: 'attachment', suggested: suggestedName(name) });
    if (!chosen) return;
    await call('attachment.saveAs', { id, file: chosen.file });
    notifyAction(i18n.t('attachments:saved', { name: chosen.name }), {
      label: i18n.t('common:action.showFolder'),
      run: () => void shell('shell.showFile', { file: chosen.file }).catch(notifyError),
    });
  } catch (error) {
    notifyError(error);
  }
};
