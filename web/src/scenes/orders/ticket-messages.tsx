/** What the reseller announced of a ticket, as it is kept: without how to reach anybody. */
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketInFullMessagesItem } from '../../api/generated/client.ts';
import { useRunDrawer } from '../../ui/run-drawer.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import type { OfTicket } from './ticket-part.tsx';
import { TicketPart } from './ticket-part.tsx';

const TONES = { integrated: 'good', quarantined: 'warn', set_aside: 'calm' } as const;

export function TicketMessages({ of, timeZone }: OfTicket) {
  const { t } = useTranslation();
  return (
    <TicketPart title={t('order.messages')} isEmpty={of.messages.length === 0}>
      <Stack gap="md">
        {of.messages.map((one) => (
          <Message
            key={`${one.receivedAt} ${one.kind} ${one.operationNumber} ${one.run}`}
            of={one}
            timeZone={timeZone}
          />
        ))}
      </Stack>
    </TicketPart>
  );
}

function Message(part: { of: TicketInFullMessagesItem; timeZone: string | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const open = useRunDrawer();
  const { of, timeZone } = part;
  const content = JSON.stringify(of.content, null, 2);
  return (
    <div>
      <Group gap="md">
        <Text size="sm" fw={500}>
          {t(`messageKind.${of.kind}`)}
        </Text>
        <State tone={TONES[of.state]}>{t(`messageState.${of.state}`)}</State>
        <Anchor component="button" c="var(--state-busy)" size="sm" onClick={() => open(of.run)}>
          {t('resellers.log')}
        </Anchor>
        {of.case === null ? null : (
          <Link to="/cases" search={{ case: of.case.id }}>
            {t(of.case.settledAt === null ? 'line.case' : 'order.settledCase')}
          </Link>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t('order.received', {
          at: formats.instant(of.operationAt, timeZone),
          received: formats.instant(of.receivedAt, timeZone),
        })}
      </Text>
      <details>
        <summary>{t('order.content')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it. */}
        <pre className="wire" tabIndex={0}>
          {content}
        </pre>
      </details>
    </div>
  );
}
