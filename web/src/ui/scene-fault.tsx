/** A scene that failed, and an address that leads nowhere: what happened, and the way on. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './problem-notice.tsx';

/** The error boundary of every scene: the frame stays, and the scene can be tried again. */
export function SceneFault({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack maw="40rem">
      <Title order={1}>{t('fault.title')}</Title>
      <ProblemNotice error={error} />
      <Group>
        <Button onClick={reset}>{t('act.again')}</Button>
        <Button variant="default" onClick={() => location.reload()}>
          {t('act.reload')}
        </Button>
      </Group>
    </Stack>
  );
}

export function UnknownAddress() {
  const { t } = useTranslation();
  return (
    <Stack maw="40rem">
      <Title order={1}>{t('fault.unknown')}</Title>
      <Text>{t('fault.unknownWhy')}</Text>
      <div>
        <Link to="/">{t('fault.home')}</Link>
      </div>
    </Stack>
  );
}
