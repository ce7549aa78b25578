/** The first steps of the guide: which reseller, then its fields, tried before they are kept. */
import { Button, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/generated/client.ts';
import { useLanguage } from '../../api/reading.ts';
import { useMay } from '../../api/session.ts';
import { ChannelFields } from './channel-fields.tsx';
import { ConnectionChecks } from './connection-checks.tsx';
import type { NewInterface } from './new-interface-scene.tsx';

interface ResellerProps {
  channels: readonly Channel[];
  of: NewInterface;
  change(part: Partial<NewInterface>): void;
  next(): void;
}

export function ResellerStep({ channels, of, change, next }: ResellerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const choose = (id: string): void => {
    const channel = channels.find((one) => one.id === id) ?? null;
    const title = channel?.title[language] ?? '';
    change({ channel, config: {}, secrets: {}, reseller: title, name: title, code: title });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <Stack>
        <Radio.Group
          label={t('newInterface.which')}
          value={of.channel?.id ?? ''}
          onChange={choose}
          name="reseller"
        >
          <Stack gap="xs" mt="xs">
            {channels.map(({ id, title }) => (
              <Radio key={id} value={id} label={title[language]} />
            ))}
          </Stack>
        </Radio.Group>
        {of.channel === null ? null : (
          <>
            <TextInput
              label={t('interfaces.code')}
              description={t('partners.codeWhy')}
              required
              value={of.code}
              onChange={(event) => change({ code: event.currentTarget.value })}
            />
            <TextInput
              label={t('interfaces.name')}
              required
              value={of.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <TextInput
              label={t('interfaces.reseller')}
              required
              value={of.reseller}
              onChange={(event) => change({ reseller: event.currentTarget.value })}
            />
          </>
        )}
        <Group>
          <Button type="submit" disabled={of.channel === null}>
            {t('newInterface.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ConnectionProps {
  channel: Channel;
  of: NewInterface;
  change(part: Partial<NewInterface>): void;
  next(): void;
  back(): void;
}

export function ConnectionStep({ channel, of, change, next, back }: ConnectionProps) {
  const { t } = useTranslation();
  const may = useMay();
  const missing = channel.fields.filter(
    ({ name, required, secret }) => required && !(secret ? of.secrets[name] : of.config[name]),
  );
  return (
    <Stack>
      <Title order={2}>{t('interface.connection')}</Title>
      <Text size="sm">{t('newInterface.fieldsWhy')}</Text>
      <ChannelFields
        channel={channel}
        config={of.config}
        secrets={of.secrets}
        stored={[]}
        mayEdit
        maySecrets={may('secrets.write')}
        errors={{}}
        change={(field, value) => {
          const { [field]: _, ...others } = of.config;
          change({ config: value === null ? others : { ...others, [field]: value } });
        }}
        changeSecret={(field, value) => {
          const { [field]: _, ...others } = of.secrets;
          change({ secrets: typeof value === 'string' ? { ...others, [field]: value } : others });
        }}
      />
      {missing.length > 0 ? (
        <Text c="dimmed" role="status">
          {t('newInterface.missing', { count: missing.length })}
        </Text>
      ) : (
        <ConnectionChecks
          asked={{ channel: channel.id, config: { ...of.config }, secrets: { ...of.secrets } }}
        />
      )}
      <Group>
        <Button variant="default" onClick={back}>
          {t('newInterface.back')}
        </Button>
        <Button disabled={missing.length > 0} onClick={next}>
          {t('newInterface.next')}
        </Button>
      </Group>
    </Stack>
  );
}
