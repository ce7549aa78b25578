/** The house as a file: out as Excel or JSON, in with its differences shown before anything. */
import { Alert, Button, FileInput, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HouseUpload, PostHouseFileParams } from '../../api/generated/client.ts';
import {
  getGetHouseFileJsonUrl,
  getGetHouseFileXlsxUrl,
  PostHouseFileList,
  postHouseFile,
} from '../../api/generated/client.ts';
import { problemOf } from '../../api/problem.ts';
import { organisationQuery } from '../../api/send.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useFormats } from '../../words/formats.ts';
import { FaultText } from './edit-notice.tsx';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  csv: 'text/csv',
} as const;

type List = (typeof PostHouseFileList)[keyof typeof PostHouseFileList];

export function WorkbookTab() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Stack gap="xl" maw="64rem">
      <section>
        <Title order={2}>{t('workbook.out')}</Title>
        <Text size="sm" mb="sm">
          {t('workbook.outWhy')}
        </Text>
        <Group>
          <Download href={getGetHouseFileXlsxUrl()} label={t('workbook.xlsx')} />
          <Download href={getGetHouseFileJsonUrl()} label={t('workbook.json')} />
        </Group>
      </section>
      {may('house.write') ? <Upload /> : null}
    </Stack>
  );
}

function Download({ href, label }: { href: string; label: string }) {
  const query = new URLSearchParams(organisationQuery()).toString();
  return (
    <Button
      component="a"
      variant="default"
      href={query === '' ? href : `${href}?${query}`}
      download
    >
      {label}
    </Button>
  );
}

function Upload() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [list, setList] = useState('prices');
  const ending = (file?.name.split('.').at(-1) ?? '').toLowerCase();
  const type = TYPES[ending as keyof typeof TYPES];
  const post = (params: PostHouseFileParams) =>
    postHouseFile(
      { ...params, ...(ending === 'csv' ? { list: list as List } : {}) },
      { body: file, headers: { 'content-type': type ?? TYPES.xlsx } },
    );
  const look = useMutation({ mutationFn: () => post({ foretell: 'true' }) });
  const apply = useMutation({
    mutationFn: ({ digest, version }: HouseUpload) => post({ digest, version }),
    onSuccess: async () => {
      await client.invalidateQueries();
    },
    // Somebody else's edit in between: what the file changes is looked at again.
    onError: (error) => {
      if (problemOf(error).status === 412) look.mutate();
    },
  });
  const found = look.data;
  return (
    <section>
      <Title order={2}>{t('workbook.in')}</Title>
      <Text size="sm" mb="sm">
        {t('workbook.inWhy')}
      </Text>
      <Stack>
        <Group align="flex-end">
          <FileInput
            label={t('workbook.file')}
            placeholder={t('workbook.choose')}
            accept=".xlsx,.json,.csv"
            clearable
            clearButtonProps={{ 'aria-label': t('edit.cancel') }}
            value={file}
            onChange={(next) => {
              look.reset();
              apply.reset();
              setFile(next);
            }}
            w={340}
          />
          {ending === 'csv' ? (
            <Select
              label={t('workbook.list')}
              data={Object.values(PostHouseFileList).map((value) => ({ value, label: value }))}
              value={list}
              onChange={(value) => setList(value ?? 'prices')}
              searchable
            />
          ) : null}
          <Button
            disabled={type === undefined}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {t('workbook.look')}
          </Button>
        </Group>
        <ProblemNotice error={look.error ?? apply.error} />
        {apply.data?.outcome === 'loaded' ? (
          <Alert role="status" color="green" variant="outline" title={t('workbook.applied')} />
        ) : found === undefined ? null : (
          <Found of={found} isApplying={apply.isPending} apply={() => apply.mutate(found)} />
        )}
      </Stack>
    </section>
  );
}

interface FoundProps {
  of: HouseUpload;
  isApplying: boolean;
  apply(): void;
}

function Found({ of, isApplying, apply }: FoundProps) {
  const { t } = useTranslation();
  if (of.problems.length > 0) return <Refused of={of} />;
  if (of.changesTotal === 0) {
    return <Alert role="status" variant="outline" title={t('workbook.same')} />;
  }
  return (
    <Stack>
      <Differences of={of} />
      {of.notes.map(({ at, code, message }) => (
        <Text size="sm" key={`${at} ${code}`} lang="en">
          {at} : {message}
        </Text>
      ))}
      <div>
        <Button loading={isApplying} onClick={apply}>
          {t('workbook.apply', { count: of.changesTotal })}
        </Button>
      </div>
    </Stack>
  );
}

function Refused({ of }: { of: HouseUpload }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert
        role="alert"
        color="red"
        variant="outline"
        icon={<IconAlertCircle aria-hidden />}
        title={t('edit.refused', { count: of.problems.length })}
      >
        {t('workbook.refusedWhy')}
      </Alert>
      <Sheet
        name="workbook-problems"
        label={t('workbook.refused')}
        rows={of.problems}
        keyOf={({ at, code, message }) => `${at} ${code} ${message}`}
        heightMax="50vh"
        columns={[
          { id: 'at', head: t('workbook.place'), width: 260, cell: ({ at }) => at },
          {
            id: 'what',
            head: t('workbook.wrong'),
            width: 620,
            cell: (row) => <FaultText {...row} />,
          },
        ]}
      />
    </Stack>
  );
}

const ACTIONS = { insert: 'new', update: 'changed', remove: 'gone' } as const;

function Differences({ of }: { of: HouseUpload }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const tables = [...new Set([...Object.keys(of.counts), ...Object.keys(of.untouched)])];
  return (
    <>
      <Alert
        role="status"
        variant="outline"
        icon={<IconInfoCircle aria-hidden />}
        title={t('edit.foretold')}
      >
        {t('workbook.nothingYet')}
      </Alert>
      <Sheet
        name="workbook-counts"
        label={t('workbook.byTable')}
        rows={tables}
        keyOf={(table) => table}
        columns={[
          { id: 'table', head: t('workbook.table'), width: 240, cell: (table: string) => table },
          ...(['inserted', 'updated', 'removed'] as const).map((what) => ({
            id: what,
            head: t(`workbook.${what}`),
            width: 130,
            align: 'right' as const,
            cell: (table: string) => formats.count(of.counts[table]?.[what] ?? 0),
          })),
          {
            id: 'untouched',
            head: t('workbook.untouched'),
            width: 130,
            align: 'right',
            cell: (table: string) => formats.count(of.untouched[table] ?? 0),
          },
        ]}
      />
      <Sheet
        name="workbook-changes"
        label={t('workbook.changes')}
        rows={of.changes}
        keyOf={({ table, action, name }) => `${table} ${action} ${name}`}
        heightMax="50vh"
        columns={[
          {
            id: 'action',
            head: t('workbook.what'),
            width: 130,
            cell: ({ action }) => t(`workbook.${ACTIONS[action]}`),
          },
          { id: 'table', head: t('workbook.table'), width: 200, cell: ({ table }) => table },
          { id: 'name', head: t('partners.name'), width: 320, cell: ({ name }) => name },
          {
            id: 'columns',
            head: t('workbook.values'),
            width: 360,
            cell: ({ columns = {} }) =>
              Object.entries(columns).map(([name, { before, after }]) => (
                <div key={name}>
                  {name} : {said(before)} → {said(after)}
                </div>
              )),
          },
        ]}
      />
    </>
  );
}

function said(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
