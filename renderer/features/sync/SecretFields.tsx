import { PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { AppError } from '#shared/contracts/errors.ts';
import { errorText } from '../../app/notify.tsx';
import classes from './Sync.module.css';

/** What a person proves who they are with. */
export interface Secret {
  by: 'password' | 'code';
  secret: string;
}

// a form with more fields than these is one with these
type SecretForm = Pick<
  UseFormReturn<Secret>,
  'control' | 'register' | 'watch' | 'setError' | 'formState' | 'clearErrors'
>;

/** As the contract takes it. */
export const secretOf = ({ by, secret }: Secret): { password: string } | { code: string } =>
  by === 'password' ? { password: secret } : { code: secret };

/** Shows why signing in failed beside the secret; a lock-out counts its seconds down. */
export const useLockOut = <Form extends Secret>(form: UseFormReturn<Form>) => {
  const { t } = useTranslation('sync');
  const { setError } = form as unknown as SecretForm;
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    if (seconds === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
  useEffect(() => {
    if (until === 0) return;
    if (seconds > 0) setError('secret', { message: t('form.wait', { count: seconds }) });
    else setError('secret', { message: '' });
  }, [seconds, until, setError, t]);
  return {
    seconds,
    show(error: unknown): void {
      if (error instanceof AppError && error.code === 'locked_out' && error.params.seconds) {
        setNow(Date.now());
        setUntil(Date.now() + Number(error.params.seconds) * 1_000);
      } else setError('secret', { message: errorText(error) });
    },
  };
};

/** A password, or the one-time code of an administrator. */
export const SecretFields = <Form extends Secret>({ form }: { form: UseFormReturn<Form> }) => {
  const { t } = useTranslation('sync');
  const { control, register, watch, formState, clearErrors } = form as unknown as SecretForm;
  const by = watch('by');
  const Field = by === 'password' ? PasswordInput : TextInput;
  return (
    <div>
      <Controller
        control={control}
        name="by"
        render={({ field }) => (
          <SegmentedControl
            size="xs"
            className={classes.by}
            aria-label={t('form.by')}
            value={field.value}
            onChange={(value) => {
              clearErrors('secret');
              field.onChange(value);
            }}
            data={[
              { value: 'password', label: t('form.byPassword') },
              { value: 'code', label: t('form.byCode') },
            ]}
          />
        )}
      />
      <Field
        key={by}
        label={t(`form.${by}`)}
        description={by === 'code' ? t('form.codeHint') : undefined}
        autoComplete={by === 'password' ? 'current-password' : 'one-time-code'}
        error={formState.errors.secret?.message}
        {...register('secret', { required: t('validation:required') })}
      />
    </div>
  );
};
