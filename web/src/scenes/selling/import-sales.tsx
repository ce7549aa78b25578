/** A reseller's file of sales: tried first, then integrated; what became of each line. */
import { Button, FileInput, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedSales } from '../../api/generated/client.ts';
import { postInterfaceImports } from '../../api/generated/client.ts';
import { useInterfaces, useLanguage } from '../../api/reading.ts';
import { PerformanceSelect } from '../../ui/performance-select.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CSV } from '../../words/file-types.ts';
import { ImportReport } from './import-report.tsx';

interface Asked {
  interface: string;
  performance: string;
  file: File;
  simulate: boolean;
}

export function ImportSales({ first }: { first: string | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const language = useLanguage();
  const interfaces = useInterfaces().data?.items ?? [];
  const [of, setOf] = useState(first ?? '');
  const [performance, setPerformance] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: (asked: Asked): Promise<ImportedSales> =>
      postInterfaceImports(
        asked.interface,
        {
          simulate: asked.simulate ? 'true' : 'false',
          name: asked.file.name.slice(0, 200),
          language,
          ...(asked.performance === '' ? {} : { performance: asked.performance }),
        },
        { body: asked.file, headers: { 'content-type': CSV } },
      ),
    onSuccess: async ({ simulation }) => {
      if (!simulation) await client.invalidateQueries();
    },
  });
  const start = (simulate: boolean): void => {
    if (file !== null) send.mutate({ interface: of, performance, file, simulate });
  };
  // What was tried is not what is chosen now.
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      send.reset();
    };
  const isTried = send.data?.simulation === true && send.data.failure === null;
  const isReady = of !== '' && file !== null;
  return (
    <Stack>
      <Text size="sm">{t('import.why')}</Text>
      <Select
        label={t('selling.interface')}
        data={interfaces.map(({ id, code }) => ({ value: id, label: code }))}
        value={of}
        onChange={(value) => change(setOf)(value ?? '')}
      />
      <PerformanceSelect
        label={t('import.performance')}
        value={performance}
        change={change(setPerformance)}
      />
      <FileInput
        label={t('import.file')}
        placeholder={t('answer.choose')}
        accept=".csv,.txt,text/csv"
        value={file}
        onChange={change(setFile)}
        clearable
        clearButtonProps={{ 'aria-label': t('answer.clear') }}
      />
      <Group>
        <Button
          variant={isTried ? 'default' : 'filled'}
          disabled={!isReady}
          loading={send.isPending}
          onClick={() => start(true)}
        >
          {t('import.simulate')}
        </Button>
        <Button
          variant={isTried ? 'filled' : 'default'}
          disabled={!isReady || !isTried}
          loading={send.isPending}
          onClick={() => start(false)}
        >
          {t('import.integrate')}
        </Button>
        {isTried ? null : (
          <Text size="sm" c="dimmed">
            {t('import.simulateFirst')}
          </Text>
        )}
      </Group>
      <ProblemNotice error={send.error} />
      {send.data === undefined ? null : <ImportReport of={send.data} />}
    </Stack>
  );
}
