/** The page of a one-time link: a password of one's own, then the sign-in. */
import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setPassword } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const PASSWORD_MIN = 12;

export function SetPasswordScene() {
  const { t } = useTranslation();
  // After the `#`, so that no server and no proxy writes the token into a log.
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: (value) =>
        value.length < PASSWORD_MIN ? t('setPassword.short', { count: PASSWORD_MIN }) : null,
      again: (value, values) => (value === values.password ? null : t('setPassword.differs')),
    },
  });
  const send = useMutation({ mutationFn: (password: string) => setPassword(token, password) });
  const toggle = { 'aria-label': t('signIn.show') };
  return (
    <Stack component="main" align="center" pt="12vh" px="md">
      <Paper withBorder p="xl" w="100%" maw="24rem">
        <Stack>
          <Title order={1}>{t('setPassword.title')}</Title>
          {send.isSuccess ? (
            <>
              <Text role="status">{t('setPassword.done')}</Text>
              <Link to="/">{t('setPassword.signIn')}</Link>
            </>
          ) : (
            <form onSubmit={form.onSubmit(({ password }) => send.mutate(password))}>
              <Stack>
                <Text size="sm">{t('setPassword.why', { count: PASSWORD_MIN })}</Text>
                <ProblemNotice error={send.error} />
                <PasswordInput
                  label={t('setPassword.password')}
                  autoComplete="new-password"
                  required
                  visibilityToggleButtonProps={toggle}
                  {...form.getInputProps('password')}
                />
                <PasswordInput
                  label={t('setPassword.again')}
                  autoComplete="new-password"
                  required
                  visibilityToggleButtonProps={toggle}
                  {...form.getInputProps('again')}
                />
                <Button type="submit" size="sm" loading={send.isPending}>
                  {t('setPassword.save')}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </Paper>
    </Stack>
  );
}
