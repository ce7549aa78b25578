/** Codes of the telephone: the QR code, then the first code; backup codes are shown once. */
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ME_KEY, postAuth } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { QrPicture } from './qr-picture.tsx';
import { Section } from './section.tsx';
import { ToldOnce } from './told-once.tsx';
import { useAct } from './use-act.ts';

interface Begun {
  totpURI: string;
  backupCodes: readonly string[];
}

export function TotpSection({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const enable = useAct(
    ME_KEY,
    (password: string) => postAuth<Begun>('two-factor/enable', { password }),
    setBegun,
  );
  const disable = useAct(
    ME_KEY,
    (password: string) => postAuth('two-factor/disable', { password }),
    () => setCodes([]),
  );
  const renew = useAct(
    ME_KEY,
    (password: string) =>
      postAuth<{ backupCodes: string[] }>('two-factor/generate-backup-codes', { password }),
    ({ backupCodes }) => setCodes(backupCodes),
  );
  return (
    <Section title={t('totp.title')} why={t('totp.why')}>
      <Stack gap="sm" align="flex-start">
        <State tone={isOn ? 'good' : 'calm'}>{t(isOn ? 'totp.on' : 'totp.off')}</State>
        {codes.length === 0 ? null : <BackupCodes codes={codes} />}
        {begun === null ? null : (
          <ConfirmTotp
            begun={begun}
            done={() => {
              setCodes(begun.backupCodes);
              setBegun(null);
            }}
          />
        )}
        {isOn || begun !== null ? null : <WithPassword word={t('totp.begin')} act={enable} />}
        {isOn ? <WithPassword word={t('totp.newCodes')} act={renew} /> : null}
        {isOn ? <WithPassword word={t('totp.end')} act={disable} /> : null}
      </Stack>
    </Section>
  );
}

interface PasswordAct {
  mutate(password: string): void;
  isPending: boolean;
  error: unknown;
}

/** A button that asks for the password first: a page that was left open is not its person. */
function WithPassword({ word, act }: { word: string; act: PasswordAct }) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const form = useForm({ initialValues: { password: '' } });
  if (!isAsked) {
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        {word}
      </Button>
    );
  }
  return (
    <form
      onSubmit={form.onSubmit(({ password }) => {
        act.mutate(password);
        form.reset();
      })}
    >
      <ProblemNotice error={act.error} />
      <Group align="flex-end">
        <PasswordInput
          w="15rem"
          label={t('own.passwordNow')}
          autoComplete="current-password"
          required
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="sm" loading={act.isPending}>
          {word}
        </Button>
        <Button variant="subtle" size="sm" onClick={() => setAsked(false)}>
          {t('act.close')}
        </Button>
      </Group>
    </form>
  );
}

function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation();
  return <ToldOnce title={t('totp.codes')} why={t('totp.codesWhy')} value={codes.join('\n')} />;
}

function ConfirmTotp({ begun, done }: { begun: Begun; done(): void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { code: '' } });
  const confirm = useAct(
    ME_KEY,
    (code: string) => postAuth('two-factor/verify-totp', { code: code.replace(/\s/g, '') }),
    done,
  );
  const secret = new URL(begun.totpURI).searchParams.get('secret') ?? '';
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirm.mutate(code))}>
      <Group align="flex-start" wrap="nowrap">
        <QrPicture text={begun.totpURI} label={t('totp.picture')} />
        <Stack gap="xs">
          <Text size="sm">{t('totp.scan')}</Text>
          <Text size="xs" c="dimmed">
            {t('totp.byHand')}
          </Text>
          <code style={{ overflowWrap: 'anywhere' }}>{secret}</code>
          <ProblemNotice error={confirm.error} />
          <TextInput
            label={t('signIn.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            {...form.getInputProps('code')}
          />
          <Button type="submit" size="sm" loading={confirm.isPending}>
            {t('totp.confirm')}
          </Button>
        </Stack>
      </Group>
    </form>
  );
}
