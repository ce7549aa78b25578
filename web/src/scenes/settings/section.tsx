/** A part of a settings page, with what it is for. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Section({ title, why, children }: SectionProps) {
  return (
    <section>
      <Title order={2} mb={4}>
        {title}
      </Title>
      {why === undefined ? null : (
        <Text c="dimmed" mb="sm">
          {why}
        </Text>
      )}
      {children}
    </section>
  );
}

interface SectionProps {
  title: string;
  why?: string | undefined;
  children: ReactNode;
}
