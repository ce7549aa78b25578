/** Where one is signed in, and signing out there. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { GetMeSessions200ItemsItem as Session } from '../../api/generated/client.ts';
import { deleteMeSession, deleteMeSessions, getMeSessions } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { Section } from './section.tsx';
import { SETTINGS, useAct } from './use-act.ts';

const KEY = [...SETTINGS.own, 'sessions'];

export function SessionSection() {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: KEY, queryFn: () => getMeSessions() });
  const endOthers = useAct(KEY, () => deleteMeSessions());
  const items = found.data?.items ?? [];
  return (
    <Section title={t('session.title')} why={t('session.why')}>
      <ProblemNotice error={found.error ?? endOthers.error} />
      <Stack gap="xs" component="ul" className="plain-list">
        {items.map((one) => (
          <SessionLine key={one.id} of={one} />
        ))}
      </Stack>
      {items.length < 2 ? null : (
        <Button
          variant="default"
          mt="sm"
          loading={endOthers.isPending}
          onClick={() => endOthers.mutate(undefined)}
        >
          {t('session.endOthers', { count: items.length - 1 })}
        </Button>
      )}
    </Section>
  );
}

function SessionLine({ of }: { of: Session }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const end = useAct(KEY, () => deleteMeSession(of.id));
  const where = browserOf(of.userAgent) ?? t('session.unknown');
  return (
    <li>
      <Group gap="sm">
        <div style={{ flexGrow: 1 }}>
          <Text fw={500}>{[where, of.address].filter(Boolean).join(' · ')}</Text>
          <Text size="xs" c="dimmed">
            {t('session.seen', { at: formats.instant(of.lastSeenAt) })}
          </Text>
        </div>
        {of.current ? (
          <State tone="good">{t('session.here')}</State>
        ) : (
          <Button
            variant="default"
            aria-label={t('session.endThis', { where })}
            loading={end.isPending}
            onClick={() => end.mutate(undefined)}
          >
            {t('session.end')}
          </Button>
        )}
      </Group>
      <ProblemNotice error={end.error} />
    </li>
  );
}

const BROWSERS = ['Edg', 'Firefox', 'Chrome', 'Safari'] as const;
const SYSTEMS = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'] as const;

/** What a person knows it by, "Firefox, Windows"; null: it says neither. */
export function browserOf(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const browser = BROWSERS.find((one) => userAgent.includes(`${one}/`));
  const system = SYSTEMS.find((one) => userAgent.includes(one));
  const names = [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean);
  return names.length === 0 ? null : names.join(', ');
}
