import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { useReady } from '../../app/useReady.ts';
import classes from './Door.module.css';

/** Opens a guarded book by passphrase, or by recovery code when the passphrase is lost. */
export const Unlock = () => {
  const { t } = useTranslation('welcome');
  useReady('unlock');
  const [by, setBy] = useState<'passphrase' | 'recoveryCode'>('passphrase');
  const { register, handleSubmit, reset, setError, formState } = useForm({ defaultValues: { secret: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ secret }) => {
    try {
      await shell('shell.unlock', { [by]: secret });
    } catch (error) {
      setError('secret', { message: errorText(error) });
    }
  });
  const Field = by === 'passphrase' ? PasswordInput : TextInput;
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('name')}</h1>
          <span>{t('unlock.title')}</span>
        </div>
        <form onSubmit={submit} noValidate>
          <Stack gap="sm" maw={420} mt="md">
            <Field
              key={by}
              label={t(`unlock.${by}`)}
              autoFocus
              autoComplete="off"
              error={errors.secret?.message}
              {...register('secret', { required: t('validation:required') })}
            />
            <Group>
              <Button type="submit" loading={isSubmitting}>
                {t('unlock.open')}
              </Button>
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  reset();
                  setBy(by === 'passphrase' ? 'recoveryCode' : 'passphrase');
                }}
              >
                {t(by === 'passphrase' ? 'unlock.useRecovery' : 'unlock.usePassphrase')}
              </Anchor>
            </Group>
          </Stack>
        </form>
        <p className={classes.foot}>{t('unlock.foot')}</p>
      </main>
    </div>
  );
};
