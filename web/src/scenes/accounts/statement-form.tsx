/** A statement typed as totals, or a file whose effect is foretold before it is kept. */
import { Button, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementKept } from '../../api/generated/client.ts';
import {
  postInterfaceStatements,
  postInterfaceStatementsImport,
} from '../../api/generated/client.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { State } from '../../ui/state.tsx';
import { typeOfFile } from '../../words/file-types.ts';
import { useFormats } from '../../words/formats.ts';
import { parseAmount } from '../../words/parse-amount.ts';
import { ACCOUNTS } from './accounts-reading.ts';

interface Props {
  interface: string;
  currency: string;
  period: string;
  done(): void;
}

export function StatementForm({ interface: of, currency, period, done }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const client = useQueryClient();
  const [document, setDocument] = useState('');
  const [replaces, setReplaces] = useState('');
  const [gross, setGross] = useState('');
  const [commission, setCommission] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: (apply: boolean): Promise<StatementKept> => {
      const named = { period, document: document.trim() };
      const former = replaces.trim() === '' ? {} : { replaces: replaces.trim() };
      if (file === null) {
        const kept = parseAmount(commission);
        return postInterfaceStatements(of, {
          ...named,
          ...former,
          grossMinor: parseAmount(gross),
          ...(Number.isNaN(kept) ? {} : { commissionMinor: kept }),
        });
      }
      return postInterfaceStatementsImport(
        of,
        { ...named, ...former, apply: apply ? 'true' : 'false' },
        { body: file, headers: { 'content-type': typeOfFile(file) } },
      );
    },
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      done();
    },
  });
  const isRead = (text: string): boolean => text.trim() === '' || !Number.isNaN(parseAmount(text));
  const isWhole =
    document.trim() !== '' && (file !== null || (gross.trim() !== '' && isRead(gross)));
  const told = send.data?.outcome === 'foretold' ? send.data : null;
  const unread = (text: string) => (isRead(text) ? null : t('case.amountUnread'));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && isRead(commission)) send.mutate(told !== null);
      }}
    >
      <Stack>
        <Text size="sm">{t('statement.month', { month: formats.month(period) })}</Text>
        <TextInput
          label={t('entry.document')}
          maxLength={200}
          value={document}
          onChange={({ currentTarget }) => setDocument(currentTarget.value)}
        />
        <TextInput
          label={t('statement.replaces')}
          maxLength={200}
          value={replaces}
          onChange={({ currentTarget }) => setReplaces(currentTarget.value)}
        />
        <FileInput
          label={t('statement.file')}
          description={t('statement.fileWhy')}
          placeholder={t('answer.choose')}
          accept=".csv,.xlsx"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            send.reset();
          }}
          clearable
          clearButtonProps={{ 'aria-label': t('answer.clear') }}
        />
        {file === null ? (
          <>
            <TextInput
              label={`${t('account.grossMinor')} (${currency})`}
              inputMode="decimal"
              value={gross}
              error={unread(gross)}
              onChange={({ currentTarget }) => setGross(currentTarget.value)}
            />
            <TextInput
              label={`${t('account.commissionMinor')} (${currency})`}
              inputMode="decimal"
              value={commission}
              error={unread(commission)}
              onChange={({ currentTarget }) => setCommission(currentTarget.value)}
            />
          </>
        ) : null}
        {told === null ? null : <Told of={told} currency={currency} />}
        <ProblemNotice error={send.error} />
        <Group>
          <Button type="submit" disabled={!isWhole} loading={send.isPending}>
            {t(file === null || told !== null ? 'statement.keep' : 'statement.foretell')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Told({ of, currency }: { of: StatementKept; currency: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div role="status">
      <State tone="busy">{t('answer.outcome.foretold')}</State>
      <Text size="sm">
        {t('statement.told', {
          count: of.lines,
          gross: formats.money(of.grossMinor, currency),
          commission: formats.money(of.commissionMinor, currency),
        })}
      </Text>
    </div>
  );
}
