/** A list with nothing in it teaches the first step. */
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Stack align="flex-start" gap="xs" py="lg" maw="36rem">
      <Text fw={600}>{title}</Text>
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  );
}
