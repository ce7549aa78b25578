/** A small table of the house with its form: sales channels, points of sale, contacts, accounts. */
import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  Select,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../api/session.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { EditFaults } from './edit-notice.tsx';
import { HistoryButton, subjectOf } from './history-drawer.tsx';

export type FieldValue = string | boolean | readonly string[];

export interface PartnerField {
  name: string;
  label: string;
  kind: 'text' | 'flag' | 'one' | 'many';
  choices?: readonly { value: string; label: string }[];
  /** Of a new one. */
  first: FieldValue;
  /** Chosen once: it is greyed afterwards, with the reason. */
  isFixed?: boolean;
}

export interface PartnerRow {
  id: string;
  code: string;
  version: string;
  values: Readonly<Record<string, FieldValue>>;
}

interface TableProps {
  title: string;
  /** Of the journal's subjects. */
  subject: string;
  fields: readonly PartnerField[];
  rows: readonly PartnerRow[];
  action: Action;
  create(code: string, values: Readonly<Record<string, FieldValue>>): Promise<unknown>;
  change(row: PartnerRow, values: Readonly<Record<string, FieldValue>>): Promise<unknown>;
}

export function PartnerTable(props: TableProps) {
  const { title, fields, rows, action } = props;
  const { t } = useTranslation();
  const may = useMay();
  const [edited, setEdited] = useState<PartnerRow | 'new' | null>(null);
  const mayEdit = may(action);
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{title}</Title>
        {mayEdit ? (
          <Button
            variant="default"
            aria-label={`${t('partners.add')} : ${title}`}
            onClick={() => setEdited('new')}
          >
            {t('partners.add')}
          </Button>
        ) : null}
      </Group>
      {rows.length === 0 ? (
        <EmptyState title={t('partners.none')}>{t('partners.noneWhy')}</EmptyState>
      ) : (
        <Sheet
          name={`partners-${props.subject}`}
          label={title}
          rows={rows}
          keyOf={({ id }) => id}
          {...(mayEdit ? { open: (row: PartnerRow) => setEdited(row) } : {})}
          columns={[
            {
              id: 'code',
              head: t('partners.code'),
              width: 160,
              cell: ({ code }: PartnerRow) => code,
              sortBy: ({ code }: PartnerRow) => code,
            },
            ...fields.map((field) => ({
              id: field.name,
              head: field.label,
              width: 220,
              cell: (row: PartnerRow) => shown(field, row.values[field.name], t),
            })),
          ]}
        />
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={title}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        {edited === null ? null : (
          <PartnerForm
            {...props}
            of={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
          />
        )}
      </Modal>
    </section>
  );
}

function shown(field: PartnerField, value: FieldValue | undefined, t: (key: string) => string) {
  if (typeof value === 'boolean') return t(value ? 'partners.yes' : 'partners.no');
  const named = (one: string) =>
    field.choices?.find((choice) => choice.value === one)?.label ?? one;
  return typeof value === 'string' ? named(value) : (value ?? []).map(named).join(', ');
}

function PartnerForm(props: TableProps & { of: PartnerRow | null; close(): void }) {
  const { of, fields, subject, create, change, close } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const [code, setCode] = useState(of?.code ?? '');
  const [values, setValues] = useState<Readonly<Record<string, FieldValue>>>(
    of?.values ?? Object.fromEntries(fields.map(({ name, first }) => [name, first])),
  );
  const save = useMutation({
    mutationFn: () => (of === null ? create(code, values) : change(of, values)),
    onSuccess: async () => {
      notifications.show({ message: t('edit.saved') });
      await client.invalidateQueries();
      close();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('partners.code')}
          description={of === null ? t('partners.codeWhy') : t('partners.codeStays')}
          value={code}
          disabled={of !== null}
          required
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {fields.map((field) => (
          <PartnerInput
            key={field.name}
            field={field}
            value={values[field.name] ?? field.first}
            isFixed={of !== null && field.isFixed === true}
            change={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <EditFaults error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('act.save')}
          </Button>
          {of === null ? null : <HistoryButton subject={subjectOf(subject, of.id)} />}
        </Group>
      </Stack>
    </form>
  );
}

interface InputProps {
  field: PartnerField;
  value: FieldValue;
  isFixed: boolean;
  change(value: FieldValue): void;
}

function PartnerInput({ field, value, isFixed, change }: InputProps) {
  const { t } = useTranslation();
  const said = {
    label: field.label,
    disabled: isFixed,
    description: isFixed ? t('partners.stays') : undefined,
  };
  if (field.kind === 'flag') {
    return (
      <Checkbox
        {...said}
        checked={value === true}
        onChange={(event) => change(event.currentTarget.checked)}
      />
    );
  }
  const choices = field.choices ?? [];
  if (field.kind === 'many') {
    return (
      <MultiSelect
        {...said}
        data={[...choices]}
        value={[...(value as string[])]}
        onChange={change}
      />
    );
  }
  if (field.kind === 'one') {
    return (
      <Select
        {...said}
        data={[...choices]}
        value={String(value)}
        required
        onChange={(next) => change(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      {...said}
      value={String(value)}
      required
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
