/** Password, then the second factor where there is one. What was typed stays after a refusal. */
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { giveSecondFactor, ME_KEY, sessionIsBack, signIn } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export function SignInForm() {
  const client = useQueryClient();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const done = async (): Promise<void> => {
    sessionIsBack();
    await client.invalidateQueries({ queryKey: ME_KEY });
    await client.invalidateQueries();
  };
  if (step === 'code') return <CodeStep done={done} back={() => setStep('password')} />;
  return <PasswordStep done={done} needsCode={() => setStep('code')} />;
}

function PasswordStep({ done, needsCode }: { done: () => void; needsCode: () => void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const send = useMutation({
    mutationFn: (values: typeof form.values) => signIn(values.email, values.password),
    onSuccess: (result) => (result === 'done' ? done() : needsCode()),
    meta: { isSignIn: true },
  });
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <ProblemNotice error={send.error} />
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          data-autofocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="sm" loading={send.isPending}>
          {t('signIn.enter')}
        </Button>
      </Stack>
    </form>
  );
}

function CodeStep({ done, back }: { done: () => void; back: () => void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { code: '' } });
  const send = useMutation({
    mutationFn: (values: typeof form.values) => giveSecondFactor(values.code.replace(/\s/g, '')),
    onSuccess: done,
    meta: { isSignIn: true },
  });
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <Text size="sm">{t('signIn.codeWhy')}</Text>
        <ProblemNotice error={send.error} />
        <TextInput
          label={t('signIn.code')}
          autoComplete="one-time-code"
          required
          data-autofocus
          {...form.getInputProps('code')}
        />
        <Button type="submit" size="sm" loading={send.isPending}>
          {t('signIn.enter')}
        </Button>
        <Button variant="subtle" onClick={back}>
          {t('signIn.back')}
        </Button>
      </Stack>
    </form>
  );
}
