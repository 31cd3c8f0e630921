import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { v7 as uuid } from 'uuid';
import { AppError } from '#shared/contracts/errors.ts';
import { call } from './data-client.ts';
import { i18n } from './i18n.ts';

/** The words for an error: what happened, what it means for the data, what to do. */
export const errorText = (error: unknown): string => {
  const known = error instanceof AppError ? error : new AppError('internal', { cause: error });
  return i18n.t(`errors:${known.code}`, known.params);
};

/** As many lines stand at once as App allows; the newest is what somebody waits for, so it never queues behind others. */
const MOST_LINES = 2;
let lines: string[] = [];

/** Shows a line at the corner; the one way to do it. */
export const say = (line: Parameters<typeof notifications.show>[0]): void => {
  const id = line.id ?? uuid();
  lines = [...lines.filter((one) => one !== id), id];
  for (const old of lines.splice(0, lines.length - MOST_LINES)) notifications.hide(old);
  notifications.show({
    closeButtonProps: { 'aria-label': i18n.t('common:action.close') },
    ...line,
    id,
    onClose: (closed) => {
      lines = lines.filter((one) => one !== id);
      line.onClose?.(closed);
    },
  });
};

/** Says that something failed. */
export const notifyError = (error: unknown): void => {
  say({ color: 'red', message: errorText(error), autoClose: 10_000 });
};

/** Takes a command back and says how far that went. */
export const undoCommand = async (commandId: string): Promise<void> => {
  try {
    const { undone, skipped } = await call('undo.command', { commandId }, uuid());
    say({
      message: skipped > 0 ? i18n.t('common:undo.partly', { undone, skipped }) : i18n.t('common:undo.done'),
    });
  } catch (error) {
    notifyError(error);
  }
};

/** Says that something was done, with a button for what may follow. */
export const notifyAction = (message: string, action: { label: string; run(): void }): void => {
  const id = uuid();
  say({
    id,
    autoClose: 8_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      </Group>
    ),
  });
};

/** Says that something was done, with a button that takes it back. */
export const notifyDone = (message: string, commandId?: string): void => {
  if (commandId)
    notifyAction(message, {
      label: i18n.t('common:undo.action'),
      run: () => void undoCommand(commandId),
    });
  else say({ autoClose: 3_500, message: <Text size="sm">{message}</Text> });
};
