import { Button, Group, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentRow } from '#shared/contracts/attachments.ts';
import { call } from '../../app/data-client.ts';
import { errorText } from '../../app/notify.tsx';
import classes from './Attachments.module.css';
import { saveAttachment } from './save.ts';

type Shown = { kind: 'picture'; url: string } | { kind: 'text' | 'error'; text: string };

/** Text of unknown origin: UTF-8, or what Chinese Windows writes. */
const decode = (content: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
};

/** Shows a picture or a plain text over the page. It stays while it closes, so that Escape does not also go back. */
export const Preview = ({ row, onClose }: { row: AttachmentRow | null; onClose(): void }) => {
  const { t } = useTranslation('attachments');
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      title={row?.name}
      size="80%"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {row && <Content key={row.id} row={row} />}
    </Modal>
  );
};

/** The bytes come through the port; nothing is written to the disk. */
const Content = ({ row }: { row: AttachmentRow }) => {
  const { t } = useTranslation('attachments');
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    call('attachment.preview', { id: row.id }).then(
      ({ mediaType, content }) => {
        if (gone) return;
        if (row.preview === 'text') return setShown({ kind: 'text', text: decode(content) });
        url = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mediaType }));
        setShown({ kind: 'picture', url });
      },
      (error: unknown) => !gone && setShown({ kind: 'error', text: errorText(error) }),
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [row.id, row.preview]);
  return (
    <>
      <div className={classes.preview}>
        {shown?.kind === 'picture' && (
          <img
            src={shown.url}
            alt={row.name}
            onError={() => setShown({ kind: 'error', text: t('notShown') })}
          />
        )}
        {shown?.kind === 'text' && <pre className="selectable">{shown.text}</pre>}
        {shown?.kind === 'error' && <p role="alert">{shown.text}</p>}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void saveAttachment(row)}>
          {t('saveAs')}
        </Button>
      </Group>
    </>
  );
};
