import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { AppError } from '#shared/contracts/errors.ts';
import { call } from '../../app/data-client.ts';
import { errorText } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { ruleWords } from '../../app/rule-words.ts';
import { useSession } from '../../app/session.ts';
import { type Secret, SecretFields, secretOf, useLockOut } from './SecretFields.tsx';
import classes from './Sync.module.css';

interface Found {
  url: string;
  name: string;
}
interface Props {
  onConnected(server: string): void;
  /** Left of the buttons' end: a way back. */
  back?: { label: string; run(): void };
}

/** Connects this book with a server: the address first, then who I am. */
export const ConnectForm = ({ onConnected, back }: Props) => {
  const [found, setFound] = useState<Found | null>(null);
  const [typed, setTyped] = useState('');
  return found ? (
    <SignInStep found={found} onChange={() => setFound(null)} onConnected={onConnected} />
  ) : (
    <AddressStep
      start={typed}
      back={back}
      onFound={(next, address) => {
        setTyped(address);
        setFound(next);
      }}
    />
  );
};

const addressProblem = (t: TFunction<'sync'>, error: unknown): string => {
  const known = error instanceof AppError ? error : null;
  if (known?.fields[0]) return ruleWords(t, known.fields[0]);
  return known?.code === 'offline' ? t('form.unreachable') : errorText(error);
};

const AddressStep = ({
  start,
  back,
  onFound,
}: {
  start: string;
  back: Props['back'];
  onFound(found: Found, typed: string): void;
}) => {
  const { t } = useTranslation('sync');
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { url: start } });
  const submit = handleSubmit(async ({ url }) => {
    try {
      onFound(await call('sync.probe', { url }), url);
    } catch (error) {
      setError('url', { message: addressProblem(t, error) });
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={420}>
        <TextInput
          label={t('form.address')}
          description={t('form.addressHint')}
          autoFocus
          autoComplete="url"
          spellCheck={false}
          error={formState.errors.url?.message}
          {...register('url', { required: t('validation:required') })}
        />
        <Group>
          <Button type="submit" loading={formState.isSubmitting}>
            {t('form.find')}
          </Button>
          {back && (
            <Button variant="subtle" onClick={back.run}>
              {back.label}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
};

interface SignIn extends Secret {
  username: string;
  deviceName: string;
}

const SignInStep = ({
  found,
  onChange,
  onConnected,
}: {
  found: Found;
  onChange(): void;
  onConnected(server: string): void;
}) => {
  const { t } = useTranslation('sync');
  const platform = useSession((session) => session.info?.platform);
  const connect = useBookCommand('sync.connect');
  const form = useForm<SignIn>({
    defaultValues: {
      username: '',
      by: 'password',
      secret: '',
      deviceName: t('form.deviceDefault', { platform }),
    },
  });
  const { register, handleSubmit, formState } = form;
  const lockOut = useLockOut(form);
  const submit = handleSubmit(async ({ username, deviceName, ...secret }) => {
    try {
      const { name } = await connect.mutateAsync({
        url: found.url,
        username,
        deviceName,
        ...secretOf(secret),
      });
      onConnected(name);
    } catch (error) {
      lockOut.show(error);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={420}>
        <p className={classes.found}>
          {t('form.found', { name: found.name })}{' '}
          <Anchor component="button" type="button" size="sm" onClick={onChange}>
            {t('form.change')}
          </Anchor>
        </p>
        <TextInput
          label={t('form.username')}
          autoFocus
          autoComplete="username"
          spellCheck={false}
          error={formState.errors.username?.message}
          {...register('username', { required: t('validation:required') })}
        />
        <SecretFields form={form} />
        <TextInput
          label={t('form.device')}
          description={t('form.deviceHint')}
          error={formState.errors.deviceName?.message}
          {...register('deviceName', { required: t('validation:required') })}
        />
        <Button type="submit" w="fit-content" loading={formState.isSubmitting} disabled={lockOut.seconds > 0}>
          {t('form.submit')}
        </Button>
      </Stack>
    </form>
  );
};
