/** The head of a scene: its name, and what can be done with the whole of it. */
import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';

export function SceneHead({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Parterre`;
  }, [title]);
  return (
    <div className="scene-head">
      <Title order={1}>{title}</Title>
      <Group gap="xs">{children}</Group>
    </div>
  );
}
