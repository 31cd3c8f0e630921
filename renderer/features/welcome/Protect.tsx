import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.ts';
import classes from './Door.module.css';

interface Props {
  onBack(): void;
  onDone(passphrase: string | null): Promise<void>;
}

const MIN_LENGTH = 8;

/** Chooses what guards the key: a passphrase, or the system's key ring where there is one. */
export const Protect = ({ onBack, onDone }: Props) => {
  const { t } = useTranslation('welcome');
  const keyRing = useSession((session) => session.info?.systemKeyRing === true);
  const { register, handleSubmit, watch, formState } = useForm({
    defaultValues: { passphrase: '', again: '' },
  });
  const { errors, isSubmitting } = formState;
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('protect.title')}</h1>
        </div>
        <p className={classes.lead}>{t(keyRing ? 'protect.textKeyRing' : 'protect.text')}</p>
        <form onSubmit={handleSubmit(({ passphrase }) => onDone(passphrase || null))} noValidate>
          <Stack gap="sm" maw={420}>
            <PasswordInput
              label={t('protect.passphrase')}
              description={t('protect.hint')}
              autoFocus
              autoComplete="new-password"
              error={errors.passphrase && t('protect.tooShort', { count: MIN_LENGTH })}
              {...register('passphrase', {
                validate: (value) => (keyRing && value === '') || value.length >= MIN_LENGTH,
              })}
            />
            <PasswordInput
              label={t('protect.again')}
              autoComplete="new-password"
              error={errors.again && t('protect.different')}
              {...register('again', { validate: (value) => value === watch('passphrase') })}
            />
            <Group mt="sm">
              <Button type="submit" loading={isSubmitting}>
                {t('protect.create')}
              </Button>
              <Button variant="subtle" onClick={onBack}>
                {t('common:action.back')}
              </Button>
            </Group>
          </Stack>
        </form>
      </main>
    </div>
  );
};
