import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { useReady } from '../../app/useReady.ts';
import classes from './Door.module.css';

/** The laptop has not met its server for too long: why it is locked, and the one thing that unlocks it. */
export const LeaseEnded = () => {
  const { t } = useTranslation('lease');
  useReady('lease');
  const { data: state } = useBookQuery('sync.state', {});
  const signIn = useBookCommand('sync.signIn');
  const now = useBookCommand('sync.now');
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { password: '' } });
  const { errors, isSubmitting } = formState;
  const mustSignIn = state?.problem?.code === 'sign_in';
  const connect = handleSubmit(async ({ password }) => {
    try {
      if (mustSignIn) await signIn.mutateAsync({ password });
      await now.mutateAsync({});
    } catch (error) {
      setError('password', { message: errorText(error) });
    }
  });
  const waiting = state?.waiting ?? 0;
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('title')}</h1>
        </div>
        <p className={classes.lead}>{t('text', { server: state?.server?.name ?? '' })}</p>
        <form onSubmit={connect} noValidate>
          <Stack gap="sm" maw={420} mt="md">
            {mustSignIn && (
              <PasswordInput
                label={t('password', { username: state?.user?.username ?? '' })}
                autoFocus
                autoComplete="current-password"
                {...register('password', { required: t('validation:required') })}
              />
            )}
            {errors.password?.message && <p role="alert">{errors.password.message}</p>}
            <Group>
              <Button type="submit" loading={isSubmitting} autoFocus={!mustSignIn}>
                {t('connect')}
              </Button>
            </Group>
          </Stack>
        </form>
        <p className={classes.foot}>{t('safe', { count: waiting })}</p>
      </main>
    </div>
  );
};
