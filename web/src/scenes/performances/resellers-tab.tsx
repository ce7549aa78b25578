/**
 * "Revendeurs externes": per contingent what is contingented, exported, to export and to take back,
 * and what is done about it. A run goes on in the dialog, and its result shows where it was asked.
 */
import {
  Button,
  Checkbox,
  Group,
  Stack,
  Table,
  Text,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Allotments,
  AllotmentsRowsItem,
  Performance,
  PostInterfaceRunRequestsBody,
} from '../../api/generated/client.ts';
import { getPerformanceAllotments, postInterfaceRunRequests } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FollowedRequest } from '../../ui/followed-request.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { useFormats } from '../../words/formats.ts';
import { TakeBackDialog } from './take-back-dialog.tsx';

export function ResellersTab({ performance }: { performance: Performance }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: [...KEYS.performances, performance.id, 'allotments'],
    queryFn: () => getPerformanceAllotments(performance.id),
  });
  if (found.isPending) return <TableSkeleton />;
  if (found.isError) return <ProblemNotice error={found.error} />;
  const { items } = found.data;
  if (items.length === 0) {
    return <EmptyState title={t('resellers.none')}>{t('resellers.noneWhy')}</EmptyState>;
  }
  return <Resellers performance={performance} items={items} />;
}

/** What is ticked for a reseller. An export integrates the sales first, so it stands alone. */
interface Ticked {
  integrate: boolean;
  export: boolean;
}

const NOTHING: Ticked = { integrate: false, export: false };

function Resellers(of: { performance: Performance; items: readonly Allotments[] }) {
  const { t } = useTranslation();
  const { performance, items } = of;
  const client = useQueryClient();
  const may = useMay();
  const [ticked, setTicked] = useState<Readonly<Record<string, Ticked>>>({});
  const [requests, setRequests] = useState<readonly string[]>([]);
  const execute = useMutation({
    mutationFn: async () => {
      for (const { interface: to } of items) {
        const body = bodyOf(ticked[to.id] ?? NOTHING, performance.id);
        if (body === null) continue;
        const { request } = await postInterfaceRunRequests(to.id, body);
        setRequests((before) => [...before.filter((one) => one !== request), request]);
        setTicked((before) => ({ ...before, [to.id]: NOTHING }));
      }
    },
  });
  const count = Object.values(ticked).filter((one) => one.integrate || one.export).length;
  return (
    <Stack>
      {items.map((one) => (
        <Reseller
          key={one.interface.id}
          of={one}
          performance={performance}
          ticked={ticked[one.interface.id] ?? NOTHING}
          setTicked={(next) => setTicked((before) => ({ ...before, [one.interface.id]: next }))}
          asked={(request) => setRequests((before) => [...before, request])}
        />
      ))}
      <ProblemNotice error={execute.error} />
      {requests.map((id) => (
        <FollowedRequest
          key={id}
          id={id}
          ended={() => void client.invalidateQueries({ queryKey: KEYS.performances })}
        />
      ))}
      {may('runs.start') ? (
        <Group>
          <Button
            disabled={count === 0}
            loading={execute.isPending}
            onClick={() => execute.mutate()}
          >
            {count === 0 ? t('resellers.executeNone') : t('resellers.execute', { count })}
          </Button>
          <Text size="sm" c="dimmed">
            {t('resellers.executeWhy')}
          </Text>
        </Group>
      ) : null}
    </Stack>
  );
}

function bodyOf(ticked: Ticked, performance: string): PostInterfaceRunRequestsBody | null {
  const performances = [performance];
  if (ticked.export) return { function: 'export', performances };
  return ticked.integrate ? { function: 'integrate', performances } : null;
}

function Reseller(props: {
  of: Allotments;
  performance: Performance;
  ticked: Ticked;
  setTicked(next: Ticked): void;
  asked(request: string): void;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const { of, performance, ticked, setTicked, asked } = props;
  const { reseller, code } = of.interface;
  const closed = performance.state === 'closed' || performance.state === 'cancelled';
  const why = closed ? t(`resellers.not.${performance.state}`) : null;
  return (
    <section aria-label={reseller}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>
          {reseller}
          <Text span c="dimmed" fw={400} ml="xs">
            {code}
          </Text>
        </Text>
        {may('runs.start') ? (
          <Group gap="lg">
            <Checkbox
              label={t('resellers.integrate')}
              checked={ticked.integrate || ticked.export}
              disabled={ticked.export}
              onChange={({ currentTarget }) =>
                setTicked({ ...ticked, integrate: currentTarget.checked })
              }
            />
            <Tooltip label={why} disabled={why === null}>
              <Checkbox
                label={t('resellers.export')}
                checked={ticked.export}
                disabled={closed}
                onChange={({ currentTarget }) =>
                  setTicked({ ...ticked, export: currentTarget.checked })
                }
              />
            </Tooltip>
          </Group>
        ) : null}
      </Group>
      <Rows of={of} performance={performance} asked={asked} />
    </section>
  );
}

type CountName = (typeof COUNTS)[number];

const COUNTS = [
  'contingented',
  'exported',
  'toExport',
  'toTakeBack',
  'sold',
  'refused',
  'keptHome',
] as const satisfies readonly (keyof AllotmentsRowsItem)[];

function Rows(props: { of: Allotments; performance: Performance; asked(request: string): void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const { of, performance, asked } = props;
  const [taking, setTaking] = useState<AllotmentsRowsItem | null>(null);
  const right = (name: CountName, value: number) => (
    <Table.Td key={name} ta="right" fw={name === 'toExport' && value > 0 ? 600 : undefined}>
      {value === 0 ? (
        <Text span c="dimmed">
          0
        </Text>
      ) : (
        formats.count(value)
      )}
    </Table.Td>
  );
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table withTableBorder aria-label={of.interface.reseller}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('resellers.contingent')}</Table.Th>
            {COUNTS.map((name) => (
              <Table.Th key={name} ta="right">
                {t(`resellers.${name}`)}
              </Table.Th>
            ))}
            <Table.Th>{t('resellers.lastPass')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('resellers.takeBack')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.rows.map((row) => (
            <Table.Tr key={`${row.contingent.id} ${row.counter}`}>
              <Table.Th scope="row" fw={400}>
                {row.contingent.code}
                {row.counter === null ? '' : ` · ${t('resellers.free')}`}
              </Table.Th>
              {COUNTS.map((name) => right(name, row[name]))}
              <Table.Td>
                {row.lastPass === null
                  ? t('resellers.never')
                  : formats.instant(row.lastPass, performance.timeZone)}
              </Table.Td>
              <Table.Td ta="right">
                {may('runs.start') ? (
                  <Tooltip label={t('resellers.nothingOut')} disabled={row.exported > 0}>
                    <Button
                      variant="default"
                      disabled={row.exported === 0}
                      onClick={() => setTaking(row)}
                    >
                      {t('resellers.takeBack')}
                    </Button>
                  </Tooltip>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {taking === null ? null : (
        <TakeBackDialog
          performance={performance.id}
          interface={of.interface}
          row={taking}
          close={() => setTaking(null)}
          asked={(request) => {
            setTaking(null);
            asked(request);
          }}
        />
      )}
    </Table.ScrollContainer>
  );
}
