import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';
import classes from './Settings.module.css';

const MIN_LENGTH = 8;

/** How the book is guarded, and a new passphrase with its new recovery code. */
export const SafetySection = () => {
  const { t } = useTranslation('settings');
  const status = useSession((session) => session.status);
  const set = useSession((session) => session.set);
  const { register, handleSubmit, watch, setError, formState } = useForm({
    defaultValues: { current: '', next: '', again: '' },
  });
  const { errors, isSubmitting } = formState;
  const hasPassphrase = status?.protection === 'passphrase';
  const submit = handleSubmit(async ({ current, next }) => {
    try {
      const { recoveryCode } = await shell('shell.changePassphrase', {
        current: hasPassphrase ? current : null,
        next,
      });
      set({ recoveryCode });
    } catch (error) {
      setError(hasPassphrase ? 'current' : 'next', { message: errorText(error) });
    }
  });
  return (
    <>
      <p className={classes.note}>{t(`safety.${status?.protection ?? 'none'}`)}</p>
      {!status?.demo && (
        <form onSubmit={submit} noValidate>
          <Stack gap="sm" maw={380}>
            {hasPassphrase && (
              <PasswordInput
                label={t('safety.current')}
                autoComplete="off"
                error={errors.current?.message}
                {...register('current', { required: t('validation:required') })}
              />
            )}
            <PasswordInput
              label={t('safety.next')}
              autoComplete="new-password"
              error={
                errors.next && (errors.next.message || t('welcome:protect.tooShort', { count: MIN_LENGTH }))
              }
              {...register('next', { validate: (value) => value.length >= MIN_LENGTH })}
            />
            <PasswordInput
              label={t('welcome:protect.again')}
              autoComplete="new-password"
              error={errors.again && t('welcome:protect.different')}
              {...register('again', { validate: (value) => value === watch('next') })}
            />
            <Button type="submit" w="fit-content" loading={isSubmitting}>
              {t('safety.change')}
            </Button>
          </Stack>
        </form>
      )}
    </>
  );
};
