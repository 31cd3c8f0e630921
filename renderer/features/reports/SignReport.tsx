import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import SignaturePad from 'signature_pad';
import { AppError } from '#shared/contracts/errors.ts';
import type { Output } from '#shared/contracts/registry.ts';
import { errorText, notifyDone } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import classes from './Reports.module.css';

interface Props {
  report: Output<'report.get'>;
  /** Runs before the report is signed. */
  before(): Promise<void> | undefined;
  opened: boolean;
  onClose(): void;
}

const WIDTH = 420;
const HEIGHT = 160;

/** A signature in type, for those who sign by keyboard. */
const typedSignature = (name: string): string => {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const paint = canvas.getContext('2d');
  if (paint) {
    paint.fillStyle = '#1F2328';
    paint.font = "italic 44px 'Inter Variable', 'Noto Sans CJK SC', sans-serif";
    paint.textBaseline = 'middle';
    paint.fillText(name, 24, HEIGHT / 2, WIDTH - 48);
  }
  return canvas.toDataURL('image/png');
};

/** Signs and locks a report: a drawn signature, or the typed name when nothing was drawn. */
export const SignReport = ({ report, before, opened, onClose }: Props) => {
  const { t } = useTranslation('reports');
  const sign = useBookCommand('report.sign');
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!opened) return;
    setProblem(null);
    const timer = setTimeout(() => {
      if (canvas.current)
        pad.current = new SignaturePad(canvas.current, {
          penColor: '#1F2328',
          backgroundColor: 'rgba(255,255,255,0)',
        });
    });
    return () => {
      clearTimeout(timer);
      pad.current?.off();
      pad.current = null;
    };
  }, [opened]);
  const submit = async (): Promise<void> => {
    if (!name.trim()) {
      setProblem(t('nameMissing'));
      return;
    }
    const drawn = pad.current && !pad.current.isEmpty();
    try {
      await before();
      await sign.mutateAsync({
        id: report.id,
        signedBy: name.trim(),
        signature: drawn ? (pad.current?.toDataURL('image/png') ?? '') : typedSignature(name.trim()),
      });
      onClose();
      // a signature is not taken back; a correction is a new version
      notifyDone(t('signed'));
    } catch (error) {
      const fields = error instanceof AppError ? error.fields : [];
      setProblem(
        fields.length > 0
          ? t('incomplete', {
              fields: fields
                .map((field) => t(`documents:field.${field.path.split('.').at(-1)}` as string))
                .join(t('fields:value.separator')),
            })
          : errorText(error),
      );
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('signTitle')} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('signText')}</Text>
          <TextInput
            label={t('signName')}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('signDraw')}
            </Text>
            <canvas
              ref={canvas}
              width={WIDTH}
              height={HEIGHT}
              className={classes.pad}
              aria-label={t('signDraw')}
            />
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => pad.current?.clear()}>
              {t('common:action.clear')}
            </Button>
          </div>
          {problem && (
            <Text size="sm" c="red" role="alert">
              {problem}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={sign.isPending}>
              {t('signDo')}
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
