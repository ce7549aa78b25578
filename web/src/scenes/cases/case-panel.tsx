/** One case: what is wrong and why, its ways out, what was told, who waits, what was done. */
import { Accordion, Alert, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case, CaseInFull } from '../../api/generated/client.ts';
import { getCase } from '../../api/generated/client.ts';
import { KEYS, useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { CaseState } from './case-columns.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseHolding } from './case-holding.tsx';
import { WaysOut } from './ways-out.tsx';

export function CasePanel({ id, close }: { id: string; close(): void }) {
  const language = useLanguage();
  const shown = useQuery({
    queryKey: [...KEYS.cases, 'one', id, language],
    queryFn: () => getCase(id, { language }),
  });
  if (shown.isPending) return <TableSkeleton />;
  if (shown.isError) return <ProblemNotice error={shown.error} />;
  return <ShownCase shown={shown.data} close={close} />;
}

function ShownCase({ shown, close }: { shown: CaseInFull; close(): void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { case: of, ways, followers, trace } = shown;
  const isOpen = of.settledAt === null;
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed">
          {of.interface.code} · {t(`class.${of.class}`)}
        </Text>
        <CaseState of={of} />
      </Group>
      <Problems of={of} />
      {of.root === null ? null : (
        <Text>
          {t('case.waitsFor')}{' '}
          <Link to="/cases" search={{ case: of.root.id }}>
            {of.root.ticket}
          </Link>
        </Text>
      )}
      {isOpen && may('cases.settle') ? <CaseHolding of={of} /> : null}
      {of.note === null ? null : <Text>{t('case.note', { note: of.note })}</Text>}
      {isOpen && may('cases.settle') ? <WaysOut of={of} ways={ways} close={close} /> : null}
      <CaseFacts shown={shown} />
      <Accordion variant="contained" chevronPosition="left">
        {followers.length === 0 ? null : <Followers of={followers} />}
        {trace.length === 0 ? null : <Trace trace={trace} />}
      </Accordion>
    </Stack>
  );
}

function Problems({ of }: { of: Case }) {
  const { t } = useTranslation();
  return (
    <>
      {of.problems.map(({ code, title, explanation, remedy }) => (
        <div key={`${code} ${title}`}>
          <Title order={2}>{title}</Title>
          {explanation === null ? null : <Text>{explanation}</Text>}
          {remedy === null ? null : (
            <Alert variant="light" mt="xs" p="xs">
              {t('line.remedy', { remedy })}
            </Alert>
          )}
        </div>
      ))}
    </>
  );
}

function Followers({ of }: { of: readonly Case[] }) {
  const { t } = useTranslation();
  return (
    <Accordion.Item value="followers">
      <Accordion.Control>{t('case.followers', { count: of.length })}</Accordion.Control>
      <Accordion.Panel>
        <ul>
          {of.map(({ id, ticket, kind }) => (
            <li key={id}>
              <Link to="/cases" search={{ case: id }}>
                {ticket}
              </Link>{' '}
              {t(`messageKind.${kind}`, { defaultValue: kind })}
            </li>
          ))}
        </ul>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Trace({ trace }: { trace: CaseInFull['trace'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Accordion.Item value="trace">
      <Accordion.Control>{t('case.trace')}</Accordion.Control>
      <Accordion.Panel>
        <ul>
          {trace.map(({ at, author, action, reason }) => (
            <li key={`${at} ${action}`}>
              {formats.instant(at)} · {author} · {action}
              {reason === null ? '' : ` · ${reason}`}
            </li>
          ))}
        </ul>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
