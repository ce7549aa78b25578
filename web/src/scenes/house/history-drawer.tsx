/** Who changed it, when and why: the journal of one thing, the newest first. */
import { Button, Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '../../api/generated/client.ts';
import { getJournal } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';

interface HistoryProps {
  /** As the journal names it, without the prefix of ids: `product 12`. */
  subject: string;
}

/** `prd_12` as the journal says it. */
export function subjectOf(kind: string, id: string): string {
  return `${kind} ${id.replace(/^[a-z]+_/, '')}`;
}

export function HistoryButton({ subject }: HistoryProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('journal.read')) return null;
  return (
    <>
      <Button variant="subtle" onClick={() => setOpen(true)}>
        {t('history.open')}
      </Button>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('history.title')}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <History subject={subject} />
      </Drawer>
    </>
  );
}

function History({ subject }: HistoryProps) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['journal', subject],
    queryFn: () => getJournal({ subject }),
  });
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.data.items.length === 0) return <Text c="dimmed">{t('history.none')}</Text>;
  return (
    <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
      {found.data.items.map((line) => (
        <li key={line.id}>
          <HistoryLine of={line} />
        </li>
      ))}
    </Stack>
  );
}

function HistoryLine({ of }: { of: JournalLine }) {
  const formats = useFormats();
  return (
    <>
      <Text size="sm" fw={600}>
        {formats.instant(of.at)} · {of.author}
      </Text>
      <Text size="xs" c="dimmed">
        {of.action}
      </Text>
      {of.reason === null ? null : <Text size="sm">« {of.reason} »</Text>}
      <dl className="facts">
        {differences(of).map(([name, before, after]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>
              {before} → {after}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const FIELDS_MAX = 20;

/** Field by field, only where the two differ. */
function differences({ before, after }: JournalLine): (readonly [string, string, string])[] {
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .map((name) => [name, plain(one[name]), plain(other[name])] as const)
    .filter(([, was, is]) => was !== is)
    .slice(0, FIELDS_MAX);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' ? { ...value } : { '': value };
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
