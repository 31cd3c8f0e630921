import {
  type Icon,
  IconCalendarEvent,
  IconChecklist,
  IconCommand,
  IconFileText,
  IconHeartHandshake,
  IconMessage,
  IconNote,
  IconScript,
  IconUser,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatRelativeDay } from '../../app/format.ts';
import classes from './Palette.module.css';

/** One line of the palette. `title` and `line` alternate plain and matched pieces. */
export interface PaletteEntry {
  id: string;
  group: 'recent' | 'hits' | 'command';
  kind: string;
  title: string[];
  line: string[];
  at?: string | null;
  keys?: string | null;
  run(): void;
}

const ICONS: Record<string, Icon> = {
  customer: IconUser,
  companyContact: IconUserCircle,
  note: IconNote,
  visitReport: IconFileText,
  task: IconChecklist,
  promise: IconHeartHandshake,
  visit: IconCalendarEvent,
  script: IconScript,
  interaction: IconMessage,
};

const Pieces = ({ pieces }: { pieces: string[] }) =>
  pieces.map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : <span key={index}>{piece}</span>,
  );

interface Props {
  entry: PaletteEntry;
  index: number;
  chosen: boolean;
  /** The first of its group shows the group's name. */
  head: boolean;
  onChoose(): void;
  onHover(): void;
}

export const PaletteItem = ({ entry, index, chosen, head, onChoose, onHover }: Props) => {
  const { t } = useTranslation('palette');
  const EntryIcon = ICONS[entry.kind] ?? IconCommand;
  return (
    <>
      {head && <div className={classes.group}>{t(`group.${entry.group}`)}</div>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys */}
      <div
        id={`palette-${index}`}
        data-index={index}
        role="option"
        aria-selected={chosen}
        tabIndex={-1}
        className={classes.item}
        onClick={onChoose}
        onMouseMove={onHover}
      >
        <EntryIcon size={16} stroke={1.6} aria-hidden />
        <span className={classes.title}>
          <Pieces pieces={entry.title} />
        </span>
        <span className={classes.line}>
          <Pieces pieces={entry.line} />
        </span>
        {entry.at && <span className={classes.at}>{formatRelativeDay(entry.at)}</span>}
        {entry.keys && <kbd>{entry.keys}</kbd>}
      </div>
    </>
  );
};
