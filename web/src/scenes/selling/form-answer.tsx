/** The form that came back: what its codes would change, then the same file for good. */
import { Button, FileInput, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormAnswer as Answer } from '../../api/generated/client.ts';
import { postInterfaceSalesFormAnswer } from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { XLSX } from '../../words/file-types.ts';

export function FormAnswer({ interface: of }: { interface: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: (asked: { file: File; apply: boolean }) =>
      postInterfaceSalesFormAnswer(
        of,
        { apply: asked.apply ? 'true' : 'false' },
        { body: asked.file, headers: { 'content-type': XLSX } },
      ),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'saved') await client.invalidateQueries();
    },
  });
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    if (chosen === null) send.reset();
    else send.mutate({ file: chosen, apply: false });
  };
  const { data } = send;
  return (
    <Stack gap="xs">
      <Title order={2}>{t('answer.title')}</Title>
      <FileInput
        label={t('answer.file')}
        description={t('answer.why')}
        placeholder={t('answer.choose')}
        accept={XLSX}
        value={file}
        onChange={choose}
        clearable
        clearButtonProps={{ 'aria-label': t('answer.clear') }}
      />
      <ProblemNotice error={send.error} />
      {data === undefined ? null : <Told of={data} />}
      {file !== null && data?.outcome === 'foretold' ? (
        <Group>
          <Button loading={send.isPending} onClick={() => send.mutate({ file, apply: true })}>
            {t('answer.apply', { count: data.created + data.updated })}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Told({ of }: { of: Answer }) {
  const { t } = useTranslation();
  const { outcome, created, updated, left, freed } = of;
  return (
    <div role="status">
      <State tone={outcome === 'saved' ? 'good' : outcome === 'foretold' ? 'busy' : 'calm'}>
        {t(`answer.outcome.${outcome}`)}
      </State>
      <Text size="sm">{t('answer.changes', { created, updated, left })}</Text>
      {freed > 0 ? <Text size="sm">{t('answer.freed', { count: freed })}</Text> : null}
    </div>
  );
}
