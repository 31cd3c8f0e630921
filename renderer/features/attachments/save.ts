import type { AttachmentRow } from '#shared/contracts/attachments.ts';
import { call } from '../../app/data-client.ts';
import { notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { suggestedName } from './file-words.ts';

/** Writes a copy where the user chooses and shows it in its folder. */
export const saveAttachment = async ({ id, name }: AttachmentRow): Promise<void> => {
  try {
    const chosen = await shell('shell.chooseSave', { purpose: 'attachment', suggested: suggestedName(name) });
    if (!chosen) return;
    await call('attachment.saveAs', { id, file: chosen.file });
    await shell('shell.showFile', { file: chosen.file });
  } catch (error) {
    notifyError(error);
  }
};
