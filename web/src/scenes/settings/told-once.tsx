/** What is told once: a link, a key, a secret. Nobody can ask for it again. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function ToldOnce({ title, value, why }: { title: string; value: string; why: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 4_000 });
  return (
    <Alert icon={<IconKey aria-hidden />} title={title} variant="outline" role="status">
      <Stack gap="xs">
        <Text size="sm">{why}</Text>
        <pre className="wire" data-told>
          {value}
        </pre>
        <Group>
          <Button variant="default" onClick={() => clipboard.copy(value)}>
            {t(clipboard.copied ? 'settings.copied' : 'settings.copy')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
