import { Button, Stack } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useBookCommand } from '../../app/queries.ts';
import { type Secret, SecretFields, secretOf, useLockOut } from './SecretFields.tsx';

/** Signs in again where the device was enrolled before. */
export const SignInForm = ({ onDone }: { onDone(): void }) => {
  const { t } = useTranslation('sync');
  const signIn = useBookCommand('sync.signIn');
  const form = useForm<Secret>({ defaultValues: { by: 'password', secret: '' } });
  const lockOut = useLockOut(form);
  const submit = form.handleSubmit(async (secret) => {
    try {
      await signIn.mutateAsync(secretOf(secret));
      onDone();
    } catch (error) {
      lockOut.show(error);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={420}>
        <SecretFields form={form} />
        <Button
          type="submit"
          w="fit-content"
          loading={form.formState.isSubmitting}
          disabled={lockOut.seconds > 0}
        >
          {t('form.submitSignIn')}
        </Button>
      </Stack>
    </form>
  );
};
