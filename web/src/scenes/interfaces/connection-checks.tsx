/** Asks the reseller with settings that nobody has saved, and shows what each service answered. */
import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PostInterfacesTryBody, TriedConnection } from '../../api/generated/client.ts';
import { postInterfacesTry } from '../../api/generated/client.ts';
import { State } from '../../ui/state.tsx';
import { EditFaults } from '../house/edit-notice.tsx';

interface ChecksProps {
  asked: PostInterfacesTryBody;
  answered?(isGood: boolean): void;
}

export function ConnectionChecks({ asked, answered }: ChecksProps) {
  const { t } = useTranslation();
  const ask = useMutation({
    mutationFn: () => postInterfacesTry(asked),
    onSuccess: ({ checks }) => answered?.(checks.every(({ outcome }) => outcome === 'ok')),
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        {t('checks.ask')}
      </Button>
      {ask.isPending ? <Text c="dimmed">{t('checks.asking')}</Text> : null}
      <EditFaults error={ask.error} />
      {ask.data === undefined ? null : <Checks of={ask.data.checks} />}
    </Stack>
  );
}

function Checks({ of }: { of: TriedConnection['checks'] }) {
  const { t } = useTranslation();
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label={t('checks.answers')}>
      {of.map(({ service, outcome, detail }) => (
        <li key={service}>
          <State tone={outcome === 'ok' ? 'good' : 'bad'}>
            {`${service} : ${t(`checkOutcome.${outcome}`)}`}
          </State>
          {outcome === 'ok' || detail === '' ? null : (
            <Text size="sm" c="dimmed">
              {detail}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
