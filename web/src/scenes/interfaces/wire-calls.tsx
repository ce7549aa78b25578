/** What was said to the reseller: each call, and what went over the wire, pretty and redacted. */
import { Accordion, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireCall } from '../../api/generated/client.ts';
import { getRunCall, getRunCalls } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { State } from '../../ui/state.tsx';
import { useFormats } from '../../words/formats.ts';
import { prettyXml } from './pretty-xml.ts';

export function WireCalls({ run, timeZone }: { run: string; timeZone: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const calls = useQuery({
    queryKey: [...KEYS.runs, run, 'calls'],
    queryFn: () => getRunCalls(run, { limit: 200 }),
  });
  if (calls.isPending) return <TableSkeleton />;
  if (calls.isError) return <ProblemNotice error={calls.error} />;
  if (calls.data.items.length === 0) return <Text c="dimmed">{t('call.none')}</Text>;
  return (
    <Accordion variant="contained" value={open} onChange={setOpen}>
      {calls.data.items.map((call) => (
        <Accordion.Item key={call.id} value={call.id}>
          <Accordion.Control>
            <CallLine call={call} timeZone={timeZone} />
          </Accordion.Control>
          <Accordion.Panel>
            {open === call.id ? <CallBodies run={run} call={call} /> : null}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function CallLine({ call, timeZone }: { call: WireCall; timeZone: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isGood = call.fault === null && call.status !== null && call.status < 400;
  return (
    <>
      <State tone={isGood ? 'good' : 'bad'}>{call.operation}</State>
      <Text size="xs" c="dimmed">
        {[
          formats.time(call.startedAt, timeZone),
          t('call.took', { seconds: formats.seconds(call.durationMs / 1000) }),
          ...(call.status === null ? [] : [t('call.status', { status: call.status })]),
        ].join(' · ')}
      </Text>
    </>
  );
}

function CallBodies({ run, call }: { run: string; call: WireCall }) {
  const { t } = useTranslation();
  const bodies = useQuery({
    queryKey: [...KEYS.runs, run, 'calls', call.id],
    queryFn: () => getRunCall(run, call.id),
  });
  if (bodies.isPending) return <TableSkeleton />;
  if (bodies.isError) return <ProblemNotice error={bodies.error} />;
  const { request, response } = bodies.data;
  return (
    <Stack>
      <Text size="sm">
        {call.method} {call.url}
      </Text>
      <Body label={t('call.request')} text={request} />
      <Body label={t('call.response')} text={response} />
    </Stack>
  );
}

function Body({ label, text }: { label: string; text: string | null }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      {text === null ? (
        <Text size="sm" c="dimmed">
          {t('call.notKept')}
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <pre className="wire" tabIndex={0}>
          {prettyXml(text)}
        </pre>
      )}
    </div>
  );
}
