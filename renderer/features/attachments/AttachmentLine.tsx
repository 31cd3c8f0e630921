import { ActionIcon, Menu, TextInput } from '@mantine/core';
import {
  IconDots,
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconTable,
} from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentRow } from '#shared/contracts/attachments.ts';
import { call } from '../../app/data-client.ts';
import { formatBytes, formatDay } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import classes from './Attachments.module.css';
import { type FileKind, kindOf } from './file-words.ts';
import { saveAttachment } from './save.ts';

const ICONS: Record<FileKind, typeof IconFile> = {
  picture: IconPhoto,
  pdf: IconFileTypePdf,
  document: IconFileText,
  sheet: IconTable,
  slides: IconPresentation,
  sound: IconMusic,
  film: IconMovie,
  archive: IconFileZip,
  other: IconFile,
};
const isElsewhere = ({ state }: AttachmentRow): boolean => state === 'remote' || state === 'damaged';

const remove = async (row: AttachmentRow, words: string): Promise<void> => {
  try {
    notifyDone(words, (await call('attachment.remove', { ids: [row.id] })).commandId);
  } catch (error) {
    notifyError(error);
  }
};
const fetchBytes = (row: AttachmentRow): void =>
  void call('attachment.fetch', { id: row.id }).catch(notifyError);

interface Props {
  row: AttachmentRow;
  compact: boolean;
  onShow(): void;
}

/** One file: its name opens it, the rest says what it is and where its bytes are. */
export const AttachmentLine = ({ row, compact, onShow }: Props) => {
  const { t } = useTranslation('attachments');
  const [renaming, setRenaming] = useState(false);
  const kind = kindOf(row.mediaType);
  const Icon = ICONS[kind];
  const open = (): void => {
    if (isElsewhere(row)) fetchBytes(row);
    else if (row.state === 'fetching') return;
    else if (row.preview) onShow();
    else void saveAttachment(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') void remove(row, t('removed', { name: row.name }));
    else if (event.key === 'F2') setRenaming(true);
    else return;
    event.preventDefault();
  };
  return (
    <li className={classes.line}>
      <Icon size={20} stroke={1.6} className={classes.icon} role="img" aria-label={t(`kind.${kind}`)} />
      {renaming ? (
        <Rename row={row} onEnd={() => setRenaming(false)} />
      ) : (
        <button
          type="button"
          className={classes.name}
          data-attachment={row.id}
          onClick={open}
          onKeyDown={onKeyDown}
        >
          {row.name}
        </button>
      )}
      <span className={`${classes.side} tnum`}>{formatBytes(row.bytes)}</span>
      {!compact && <span className={`${classes.side} ${classes.day} tnum`}>{formatDay(row.createdAt)}</span>}
      {row.state !== 'local' && (
        <span className={classes.side} data-state={row.state}>
          {t(`state.${row.state}`)}
        </span>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name: row.name })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isElsewhere(row) && <Menu.Item onClick={() => fetchBytes(row)}>{t('fetch')}</Menu.Item>}
          {!isElsewhere(row) && row.preview && <Menu.Item onClick={onShow}>{t('show')}</Menu.Item>}
          {!isElsewhere(row) && <Menu.Item onClick={() => void saveAttachment(row)}>{t('saveAs')}</Menu.Item>}
          <Menu.Item rightSection={<kbd>F2</kbd>} onClick={() => setRenaming(true)}>
            {t('rename')}
          </Menu.Item>
          <Menu.Item
            color="red"
            rightSection={<kbd>Del</kbd>}
            onClick={() => void remove(row, t('removed', { name: row.name }))}
          >
            {t('common:action.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
};

const Rename = ({ row, onEnd }: { row: AttachmentRow; onEnd(): void }) => {
  const { t } = useTranslation('attachments');
  const [name, setName] = useState(row.name);
  const save = async (): Promise<void> => {
    onEnd();
    if (name.trim() === '' || name === row.name) return;
    try {
      notifyDone(t('renamed'), (await call('attachment.rename', { id: row.id, name })).commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <TextInput
      className={classes.rename}
      size="xs"
      autoFocus
      aria-label={t('newName')}
      maxLength={255}
      value={name}
      onFocus={({ currentTarget }) => {
        const dot = row.name.lastIndexOf('.');
        currentTarget.setSelectionRange(0, dot > 0 ? dot : row.name.length);
      }}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) void save();
        if (event.key === 'Escape') onEnd();
      }}
    />
  );
};
