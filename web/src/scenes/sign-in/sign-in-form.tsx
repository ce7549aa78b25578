/**
 * Passkey, directory, or a password and then the second factor where there is one. What was typed
 * stays after a refusal.
 */
import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBuilding, IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getSignIn } from '../../api/generated/client.ts';
import { hasPasskeys, signInWithPasskey } from '../../api/passkeys.ts';
import { ProblemError, unreachable } from '../../api/problem.ts';
import type { SecondFactors } from '../../api/session.ts';
import {
  directoryAddress,
  giveSecondFactor,
  ME_KEY,
  sessionIsBack,
  signIn,
} from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export function SignInForm() {
  const client = useQueryClient();
  const [asked, setAsked] = useState<SecondFactors>([]);
  const done = async (): Promise<void> => {
    sessionIsBack();
    await client.invalidateQueries({ queryKey: ME_KEY });
    await client.invalidateQueries();
  };
  if (asked.length > 0) return <SecondStep asked={asked} done={done} back={() => setAsked([])} />;
  return (
    <Stack>
      <PasswordStep done={done} ask={setAsked} />
      <OtherWays done={done} />
    </Stack>
  );
}

function PasswordStep(of: { done: () => void; ask: (factors: SecondFactors) => void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const send = useMutation({
    mutationFn: (values: typeof form.values) => signIn(values.email, values.password),
    onSuccess: (factors) => (factors.length === 0 ? of.done() : of.ask(factors)),
    meta: { isSignIn: true },
  });
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <ProblemNotice error={send.error ?? directoryRefusal()} />
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username webauthn"
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

/** What the directory answered instead of a person: it comes back as `?error=CODE`. */
function directoryRefusal(): ProblemError | null {
  if (location.pathname !== '/sign-in') return null;
  const code = new URLSearchParams(location.search).get('error');
  if (code === null) return null;
  return new ProblemError({ ...unreachable(), status: 403, code: 'sign_in.directory' });
}

/** Those that this server has, and this browser can. */
function OtherWays({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: () => getSignIn(), staleTime: 600_000 });
  const goThere = useMutation({
    mutationFn: directoryAddress,
    onSuccess: (url) => location.assign(url),
    meta: { isSignIn: true },
  });
  const isPasskey = ways.data?.passkeys === true && hasPasskeys();
  const isDirectory = ways.data?.directory === true;
  if (!isPasskey && !isDirectory) return null;
  return (
    <>
      <Divider label={t('signIn.or')} />
      {isPasskey ? <PasskeyButton done={done} /> : null}
      {isDirectory ? (
        <Button
          size="sm"
          variant="default"
          leftSection={<IconBuilding size={18} aria-hidden />}
          loading={goThere.isPending || goThere.isSuccess}
          onClick={() => goThere.mutate()}
        >
          {t('signIn.directory')}
        </Button>
      ) : null}
      <ProblemNotice error={goThere.error} />
    </>
  );
}

function PasskeyButton({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const enter = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: done,
    meta: { isSignIn: true },
  });
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={enter.isPending}
        onClick={() => enter.mutate()}
      >
        {t('signIn.passkey')}
      </Button>
      <ProblemNotice error={enter.error} />
    </>
  );
}

interface SecondProps {
  asked: SecondFactors;
  done: () => void;
  back: () => void;
}

/** A backup code is taken wherever the telephone's is. */
function SecondStep({ asked, done, back }: SecondProps) {
  const { t } = useTranslation();
  const isPasskey = asked.includes('passkey') && hasPasskeys();
  return (
    <Stack>
      <Text size="sm">{t(isPasskey ? 'signIn.secondWhy' : 'signIn.codeWhy')}</Text>
      {isPasskey ? <PasskeyButton done={done} /> : null}
      {asked.includes('totp') ? <CodeForm done={done} /> : null}
      <Button variant="subtle" onClick={back}>
        {t('signIn.back')}
      </Button>
    </Stack>
  );
}

function CodeForm({ done }: { done: () => void }) {
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
      </Stack>
    </form>
  );
}
