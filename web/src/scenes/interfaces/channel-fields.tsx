/** The settings that a reseller's channel wants, from its own description; secrets only go in. */
import { Button, Checkbox, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelFieldsItem } from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useFormats } from '../../words/formats.ts';

export type Setting = string | number | boolean | null;

export interface ChannelFieldsProps {
  channel: Channel;
  config: Readonly<Record<string, unknown>>;
  /** What was typed; null: to be emptied. */
  secrets: Readonly<Record<string, string | null>>;
  /** Which are stored, and since when. */
  stored: readonly { field: string; setAt: string | null }[];
  mayEdit: boolean;
  maySecrets: boolean;
  /** Faults of the server, by field. */
  errors: Readonly<Record<string, string>>;
  change(field: string, value: Setting): void;
  changeSecret(field: string, value: string | null | undefined): void;
}

export function ChannelFields(props: ChannelFieldsProps) {
  return (
    <Stack gap="sm">
      {props.channel.fields.map((field) =>
        field.secret ? (
          <SecretField key={field.name} {...props} field={field} />
        ) : (
          <PlainField key={field.name} {...props} field={field} />
        ),
      )}
    </Stack>
  );
}

type FieldProps = ChannelFieldsProps & { field: ChannelFieldsItem };

function PlainField({ field, config, mayEdit, errors, change }: FieldProps) {
  const language = useLanguage();
  const label = field.label[language];
  const value = config[field.name];
  if (field.type === 'boolean') {
    return (
      <Checkbox
        label={label}
        checked={value === true}
        disabled={!mayEdit}
        onChange={(event) => change(field.name, event.currentTarget.checked)}
      />
    );
  }
  const read = (text: string): Setting => {
    if (text === '') return null;
    return field.type === 'string' || Number.isNaN(Number(text)) ? text : Number(text);
  };
  return (
    <TextInput
      label={label}
      withAsterisk={field.required}
      placeholder={field.usual === null ? '' : String(field.usual)}
      value={value === null || value === undefined ? '' : String(value)}
      disabled={!mayEdit}
      error={errors[field.name]}
      onChange={(event) => change(field.name, read(event.currentTarget.value))}
    />
  );
}

function SecretField(props: FieldProps) {
  const { field, secrets, stored, maySecrets, errors, changeSecret } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const known = stored.find((one) => one.field === field.name);
  const typed = secrets[field.name];
  const [isOpen, setOpen] = useState(known === undefined);
  const label = field.label[language];
  if (isOpen && maySecrets && typed !== null) {
    return (
      <PasswordInput
        label={label}
        withAsterisk={field.required}
        autoComplete="new-password"
        value={typed ?? ''}
        error={errors[field.name]}
        visibilityToggleButtonProps={{ 'aria-label': t('secret.look', { name: label }) }}
        onChange={({ currentTarget: { value } }) =>
          changeSecret(field.name, value === '' ? undefined : value)
        }
      />
    );
  }
  const state =
    typed === null
      ? t('secret.emptied')
      : known === undefined
        ? t('secret.unset')
        : known.setAt === null
          ? t('secret.set')
          : t('secret.setAt', { at: formats.instant(known.setAt) });
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Group gap="xs">
        <Text size="sm">{state}</Text>
        {maySecrets ? (
          <>
            <Button
              variant="default"
              aria-label={`${t('secret.replace')} : ${label}`}
              onClick={() => {
                changeSecret(field.name, undefined);
                setOpen(true);
              }}
            >
              {t('secret.replace')}
            </Button>
            {typed === null || known === undefined ? null : (
              <Button
                variant="subtle"
                color="red"
                aria-label={`${t('secret.empty')} : ${label}`}
                onClick={() => changeSecret(field.name, null)}
              >
                {t('secret.empty')}
              </Button>
            )}
          </>
        ) : (
          <Text size="sm" c="dimmed">
            {t('secret.mayNot')}
          </Text>
        )}
      </Group>
      {errors[field.name] === undefined ? null : (
        <Text size="sm" c="red" role="alert">
          {errors[field.name]}
        </Text>
      )}
    </div>
  );
}

/** Faults of a refused edit, by the setting they speak of: `/config/salesUrl`. */
export function settingErrors(
  errors: readonly { path?: string; message?: unknown }[],
): Record<string, string> {
  const found = errors.flatMap(({ path = '', message }): [string, string][] => {
    const [, where, field] = path.split('/');
    if ((where !== 'config' && where !== 'secrets') || field === undefined) return [];
    return [[field, String(message ?? '')]];
  });
  return Object.fromEntries(found);
}
