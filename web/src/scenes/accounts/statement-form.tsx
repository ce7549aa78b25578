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
    mutationFn: (apply: boolean) =>
      keep(of, { period, document, replaces, gross, commission }, file, apply),
    onSuccess: async ({ outcome }) => {
      if (outcome === 'foretold') return;
      await client.invalidateQueries({ queryKey: ACCOUNTS });
      done();
    },
  });
  const isWhole =
    document.trim() !== '' && (file !== null || (gross.trim() !== '' && isRead(gross)));
  const told = send.data?.outcome === 'foretold' ? send.data : null;
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
            <Amount label="grossMinor" currency={currency} value={gross} change={setGross} />
            <Amount
              label="commissionMinor"
              currency={currency}
              value={commission}
              change={setCommission}
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

const isRead = (text: string): boolean => text.trim() === '' || !Number.isNaN(parseAmount(text));

interface AmountProps {
  label: 'grossMinor' | 'commissionMinor';
  currency: string;
  value: string;
  change(value: string): void;
}

function Amount({ label, currency, value, change }: AmountProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={`${t(`account.${label}`)} (${currency})`}
      inputMode="decimal"
      value={value}
      error={isRead(value) ? null : t('case.amountUnread')}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}

type Typed = Record<'period' | 'document' | 'replaces' | 'gross' | 'commission', string>;

/** A file without `apply` is only read. Throws ProblemError. */
async function keep(
  of: string,
  typed: Typed,
  file: File | null,
  apply: boolean,
): Promise<StatementKept> {
  const named = { period: typed.period, document: typed.document.trim() };
  const former = typed.replaces.trim() === '' ? {} : { replaces: typed.replaces.trim() };
  if (file !== null) {
    const asked = { ...named, ...former, apply: apply ? 'true' : 'false' } as const;
    const headers = { 'content-type': typeOfFile(file) };
    return postInterfaceStatementsImport(of, asked, { body: file, headers });
  }
  const commission = parseAmount(typed.commission);
  return postInterfaceStatements(of, {
    ...named,
    ...former,
    grossMinor: parseAmount(typed.gross),
    ...(Number.isNaN(commission) ? {} : { commissionMinor: commission }),
  });
}
