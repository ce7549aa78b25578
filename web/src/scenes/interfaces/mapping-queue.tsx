/** Values that the reseller sent and that nobody has mapped yet: one click takes a suggestion. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Interface, UnmappedValue } from '../../api/generated/client.ts';
import { getInterfaceMappingsQueue, postInterfaceMappings } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useFormats } from '../../words/formats.ts';

export function MappingQueue({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const queue = useQuery({
    queryKey: ['mappings', of.id, 'queue'],
    queryFn: () => getInterfaceMappingsQueue(of.id),
  });
  const items = queue.data?.items ?? [];
  if (queue.isError) return <ProblemNotice error={queue.error} />;
  if (items.length === 0) return null;
  return (
    <section>
      <Title order={2} mb="xs">
        {t('mappings.queue', { count: items.length })}
      </Title>
      <Stack gap="xs">
        {items.map((value) => (
          <QueuedValue key={`${value.word} ${value.parent} ${value.value}`} of={of} value={value} />
        ))}
      </Stack>
    </section>
  );
}

function QueuedValue({ of, value }: { of: Interface; value: UnmappedValue }) {
  const { t } = useTranslation();
  const may = useMay();
  const formats = useFormats();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: (ours: string) =>
      postInterfaceMappings(of.id, {
        change: { kind: 'set', word: value.word, ours, external: [value.value], add: true },
      }),
    onSuccess: async ({ freed }) => {
      notifications.show({ message: t('mappings.saved', { count: freed }) });
      await client.invalidateQueries();
    },
  });
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600}>
            {t(`word.${value.word}`)} « {value.value} »
            {value.parent === '' ? '' : ` · ${value.parent}`}
          </Text>
          <Text size="sm" c="dimmed">
            {t('mappings.seen', {
              count: value.seenCount,
              shown: formats.count(value.seenCount),
              since: formats.since(value.firstSeenAt),
            })}
          </Text>
        </div>
        <Group gap="xs">
          {may('mappings.write')
            ? value.suggestions.map(({ key, name }) => (
                <Button
                  key={key}
                  variant="default"
                  loading={accept.isPending}
                  onClick={() => accept.mutate(key)}
                >
                  {t('mappings.accept', { ours: name === '' ? key : `${key} (${name})` })}
                </Button>
              ))
            : null}
          {value.suggestions.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('mappings.noSuggestion')}
            </Text>
          ) : null}
        </Group>
      </Group>
      <ProblemNotice error={accept.error} />
    </Paper>
  );
}
