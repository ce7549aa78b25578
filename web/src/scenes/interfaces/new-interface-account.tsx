/** The third step: where its sales are counted. What is missing is made with the interface. */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/generated/client.ts';
import {
  postHouseContacts,
  postHouseContingents,
  postHousePendingAccounts,
  postHousePointsOfSale,
  postHouseSalesChannels,
  postInterfaces,
} from '../../api/generated/client.ts';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import { EditFaults } from '../house/edit-notice.tsx';
import { usePartners } from '../house/partners-tab.tsx';
import type { NewInterface } from './new-interface-scene.tsx';

interface AccountProps {
  of: NewInterface;
  channel: Channel;
  back(): void;
  made(id: string): void;
}

/** Chosen to be made with the interface, under its code and name. */
const NEW = '+';
const PARTS = ['salesChannel', 'pointOfSale', 'contact', 'pendingAccount', 'contingent'] as const;
type Part = (typeof PARTS)[number];
type Chosen = Readonly<Record<Part, string>>;

const ALL_NEW = Object.fromEntries(PARTS.map((part) => [part, NEW])) as Chosen;

export function AccountStep({ of, channel, back, made }: AccountProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const all = usePartners();
  const [chosen, setChosen] = useState<Chosen>(ALL_NEW);
  // A second try does not make again what the first one made.
  const done = useRef<Partial<Record<Part, string>>>({});
  const create = useMutation({
    mutationFn: () => createAll(of, channel, chosen, done.current),
    onSuccess: async (id) => {
      await client.invalidateQueries();
      made(id);
    },
  });
  if (all.isPending) return <TableSkeleton />;
  const rows: Record<Part, readonly { id: string; code: string; name?: string }[]> = {
    salesChannel: all.channels,
    pointOfSale: all.points,
    contact: all.contacts,
    pendingAccount: all.accounts,
    contingent: all.contingents,
  };
  return (
    <Stack>
      <Title order={2}>{t('newInterface.step.account')}</Title>
      <Text size="sm">{t('newInterface.accountWhy')}</Text>
      {PARTS.map((part) => (
        <Select
          key={part}
          label={t(`general.${part}`)}
          data={[
            { value: NEW, label: t('newInterface.make', { code: of.code }) },
            ...rows[part].map(({ id, code, name }) => ({ value: id, label: name ?? code })),
          ]}
          value={chosen[part]}
          onChange={(value) => setChosen({ ...chosen, [part]: value ?? NEW })}
        />
      ))}
      <EditFaults error={create.error} />
      <Group>
        <Button variant="default" onClick={back}>
          {t('newInterface.back')}
        </Button>
        <Button loading={create.isPending} onClick={() => create.mutate()}>
          {t('newInterface.create')}
        </Button>
      </Group>
    </Stack>
  );
}

/** In the order in which one needs the other; answers the interface's id. Throws ProblemError. */
async function createAll(
  of: NewInterface,
  channel: Channel,
  chosen: Chosen,
  done: Partial<Record<Part, string>>,
): Promise<string> {
  const { code, name } = of;
  const make = async (part: Part, post: () => Promise<{ item: { id: string } }>) => {
    if (chosen[part] !== NEW) return chosen[part];
    done[part] ??= (await post()).item.id;
    return done[part];
  };
  const salesChannel = await make('salesChannel', () =>
    postHouseSalesChannels({ code, name, kind: 'external', acceptsThirdParty: true }),
  );
  const pointOfSale = await make('pointOfSale', () =>
    postHousePointsOfSale({ code, name, salesChannel, acceptsPendingAccount: true }),
  );
  const contact = await make('contact', () =>
    postHouseContacts({ code, name, pendingAccountAuthorised: true }),
  );
  const pendingAccount = await make('pendingAccount', () =>
    postHousePendingAccounts({ code, contact }),
  );
  await make('contingent', () =>
    postHouseContingents({ code, name, kind: 'external', salesChannels: [salesChannel] }),
  );
  const { item } = await postInterfaces({
    code,
    channel: channel.id,
    names: { fr: name },
    reseller: of.reseller,
    salesChannel,
    pointOfSale,
    contact,
    pendingAccount,
    status: 'visible',
    config: { ...of.config },
    secrets: { ...of.secrets },
  });
  return item.id;
}
