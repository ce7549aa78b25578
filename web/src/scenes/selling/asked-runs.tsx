/** What runs on each account of ours, what waits behind whom, and each run until it has ended. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AskedOfAccount, AskedOfAccountRequestsItem } from '../../api/generated/client.ts';
import { FollowedRequest } from '../../ui/followed-request.tsx';

interface AskedProps {
  asked: readonly AskedOfAccount[];
  ended(): void;
  close(): void;
}

export function AskedRuns({ asked, ended, close }: AskedProps) {
  const { t } = useTranslation();
  if (asked.length === 0) return null;
  return (
    <section aria-label={t('selling.asked')}>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t('selling.asked')}</Text>
        <Button variant="subtle" onClick={close}>
          {t('selling.hide')}
        </Button>
      </Group>
      <Stack gap="sm">
        {asked.map(({ account, reseller, requests }) => (
          <Paper key={requests[0]?.request ?? account} withBorder p="sm">
            <Text size="sm" mb="xs">
              {t('selling.account', { account, reseller })}
            </Text>
            <Stack gap="xs">
              {requests.map((one) => (
                <div key={one.request}>
                  <Behind of={one} />
                  <FollowedRequest id={one.request} ended={ended} />
                </div>
              ))}
            </Stack>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function Behind({ of: { behind } }: { of: AskedOfAccountRequestsItem }) {
  const { t } = useTranslation();
  if (behind === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('selling.behind', {
        what: t(`function.${behind.function}`),
        interface: behind.interface,
        by: behind.startedBy,
      })}
    </Text>
  );
}
