/** An Excel file compared with the table, and written only after its differences were seen. */
import { Button, Checkbox, FileButton, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportedMappings, Interface } from '../../api/generated/client.ts';
import { getPostInterfaceMappingsImportUrl } from '../../api/generated/client.ts';
import { exchange } from '../../api/send.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { XLSX } from '../../words/file-types.ts';

export function MappingImport({ of }: { of: Interface }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [removes, setRemoves] = useState(false);
  const compare = useMutation({
    mutationFn: (asked: { of: File; removes: boolean }) => send(of, asked, false),
  });
  const apply = useMutation({
    mutationFn: (asked: { of: File; removes: boolean }) => send(of, asked, true),
    onSuccess: async () => {
      setFile(null);
      await client.invalidateQueries();
    },
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    apply.reset();
    if (chosen !== null) compare.mutate({ of: chosen, removes });
  };
  return (
    <>
      <FileButton accept=".xlsx" onChange={choose}>
        {(props) => (
          <Button variant="default" loading={compare.isPending} {...props}>
            {t('mappings.import')}
          </Button>
        )}
      </FileButton>
      {file === null || compare.data === undefined ? null : (
        <Paper withBorder p="sm" w="100%" role="status">
          <Text fw={600}>{file.name}</Text>
          <Differences of={compare.data} />
          {compare.data.missing === 0 && !removes ? null : (
            <Checkbox
              my="xs"
              label={t('mappings.removeMissing', { count: compare.data.missing })}
              checked={removes}
              onChange={(event) => {
                setRemoves(event.currentTarget.checked);
                compare.mutate({ of: file, removes: event.currentTarget.checked });
              }}
            />
          )}
          <Group gap="xs" mt="xs">
            <Button loading={apply.isPending} onClick={() => apply.mutate({ of: file, removes })}>
              {t('mappings.apply')}
            </Button>
            <Button variant="default" onClick={() => setFile(null)}>
              {t('act.leave')}
            </Button>
          </Group>
        </Paper>
      )}
      <ProblemNotice error={compare.error ?? apply.error} />
    </>
  );
}

function Differences({ of }: { of: ImportedMappings }) {
  const { t } = useTranslation();
  const { created, updated, removed, unchanged, freed } = of;
  return (
    <Text size="sm">
      {t('mappings.differences', { created, updated, removed, unchanged })}{' '}
      {t('mappings.frees', { count: freed })}
    </Text>
  );
}

async function send(
  { id }: Interface,
  { of, removes }: { of: File; removes: boolean },
  apply: boolean,
): Promise<ImportedMappings> {
  const url = getPostInterfaceMappingsImportUrl(id, {
    apply: apply ? 'true' : 'false',
    removeMissing: removes ? 'true' : 'false',
  });
  const headers = { 'content-type': XLSX };
  const response = await exchange(url, { method: 'POST', headers, body: of });
  return (await response.json()) as ImportedMappings;
}
