import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AttachmentsAdded, MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { AppError, ERROR_CODES } from '#shared/contracts/errors.ts';
import type { Input } from '#shared/contracts/registry.ts';
import { call } from '../../app/data-client.ts';
import { whenJobEnds } from '../../app/jobs.ts';
import { errorText, notifyDone, notifyError, say } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { pastedName } from './file-words.ts';
import { sendFile } from './send-file.ts';

/** What files are kept with. */
export interface AttachTarget {
  customerId: string;
  visitId?: string | undefined;
  noteId?: string | undefined;
}
type Sources = Input<'attachment.add'>['sources'];

/** How far the file is that is being taken in. */
export interface AttachWork {
  done: number;
  total: number;
}

/** Ways to keep files with something: chosen in a dialog, dropped or pasted. */
export const useAttach = (target: AttachTarget) => {
  const { t } = useTranslation('attachments');
  const [work, setWork] = useState<AttachWork | null>(null);

  const sayFailed = (name: string, code: string): void => {
    const known = ERROR_CODES.find((one) => one === code) ?? 'internal';
    const params = { name, megabytes: MOST_ATTACHMENT_BYTES / 1024 / 1024 };
    say({
      color: 'red',
      autoClose: 10_000,
      title: name,
      message: errorText(new AppError(known, { params })),
    });
  };

  const add = async (sources: Sources): Promise<void> => {
    if (sources.length === 0) return;
    const { jobId } = await call('attachment.add', { ...target, sources });
    const job = await whenJobEnds(jobId, ({ done, total }) => total && setWork({ done, total }));
    if (job.error) throw AppError.fromWire(job.error);
    const result = job.result as AttachmentsAdded | undefined;
    for (const { name, code } of result?.failed ?? []) sayFailed(name, code);
    if (result && result.added > 0) notifyDone(t('added', { count: result.added }), result.commandId);
  };

  const busy = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (error) {
      notifyError(error);
    } finally {
      setWork(null);
    }
  };

  return {
    work,
    choose: () =>
      busy(async () => {
        const chosen = await shell('shell.chooseSeveral', { purpose: 'attachment' });
        await add(chosen.map(({ file }) => ({ file })));
      }),
    take: (files: readonly File[]) =>
      busy(async () => {
        const total = files.reduce((sum, { size }) => sum + size, 0);
        const sources: Sources = [];
        let before = 0;
        for (const file of files) {
          try {
            const upload = await sendFile(file, (done) => setWork({ done: before + done, total }));
            sources.push({ upload, name: pastedName(file, t('pasted')) });
          } catch (error) {
            sayFailed(file.name, error instanceof AppError ? error.code : 'internal');
          }
          before += file.size;
        }
        await add(sources);
      }),
  };
};
