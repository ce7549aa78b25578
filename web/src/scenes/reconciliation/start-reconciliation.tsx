/** Starts a comparison of what is chosen above, and follows its run here. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { postInterfaceRuns } from '../../api/generated/client.ts';
import { useInterfaces } from '../../api/reading.ts';
import { FollowedRun } from '../../ui/followed-request.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { RECONCILIATIONS } from './keys.ts';

interface StartProps {
  /** The interface; a house with one needs not choose it. */
  of: string | undefined;
  performance: string | undefined;
}

export function StartReconciliation({ of, performance }: StartProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const interfaces = useInterfaces().data?.items ?? [];
  const only = interfaces.length === 1 ? interfaces[0] : undefined;
  const chosen = interfaces.find(({ id }) => id === of) ?? only;
  const start = useMutation({
    mutationFn: (id: string) =>
      postInterfaceRuns(id, {
        function: 'reconcile',
        ...(performance === undefined ? {} : { performances: [performance] }),
      }),
  });
  const why = performance === undefined ? 'reconciliation.ofAll' : 'reconciliation.ofOne';
  return (
    <Stack mb="md" gap="sm">
      <Group gap="md">
        <Button
          disabled={chosen === undefined}
          loading={start.isPending}
          onClick={() => chosen !== undefined && start.mutate(chosen.id)}
        >
          {t('reconciliation.start')}
        </Button>
        <Text size="sm" c="dimmed">
          {chosen === undefined
            ? t('reconciliation.chooseInterface')
            : t(why, { interface: chosen.code })}
        </Text>
      </Group>
      <ProblemNotice error={start.error} />
      {start.data === undefined ? null : (
        <Paper withBorder p="sm" role="status">
          <FollowedRun
            key={start.data.run}
            what={t('function.reconcile')}
            run={start.data.run}
            ended={() => void client.invalidateQueries({ queryKey: RECONCILIATIONS })}
          />
        </Paper>
      )}
    </Stack>
  );
}
