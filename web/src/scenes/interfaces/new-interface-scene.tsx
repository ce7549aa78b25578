/** The guided first interface: which reseller, its fields, a test, its account, a first run. */
import { Stack, Stepper } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { TableSkeleton } from '../../ui/skeletons.tsx';
import type { Setting } from './channel-fields.tsx';
import { useChannels } from './general-tab.tsx';
import { AccountStep } from './new-interface-account.tsx';
import { FirstRunStep } from './new-interface-run.tsx';
import { ConnectionStep, ResellerStep } from './new-interface-steps.tsx';

/** What has been typed so far; nothing is stored before the account is chosen. */
export interface NewInterface {
  channel: Channel | null;
  code: string;
  name: string;
  reseller: string;
  config: Readonly<Record<string, Setting>>;
  secrets: Readonly<Record<string, string>>;
}

const EMPTY: NewInterface = {
  channel: null,
  code: '',
  name: '',
  reseller: '',
  config: {},
  secrets: {},
};

export function NewInterfaceScene() {
  const { t } = useTranslation();
  const may = useMay();
  const channels = useChannels();
  if (!may('interfaces.write')) {
    return <EmptyState title={t('newInterface.title')}>{t('edit.readOnly')}</EmptyState>;
  }
  return (
    <>
      <SceneHead title={t('newInterface.title')} />
      <ProblemNotice error={channels.error} />
      {channels.isPending ? <TableSkeleton /> : null}
      {channels.data === undefined ? null : <Guide channels={channels.data.items} />}
    </>
  );
}

const STEPS = ['reseller', 'connection', 'account', 'run'] as const;

function Guide({ channels }: { channels: readonly Channel[] }) {
  const { t } = useTranslation();
  const [step, setStep] = useState(0);
  const [of, setOf] = useState(EMPTY);
  const [made, setMade] = useState<string | null>(null);
  const change = (part: Partial<NewInterface>): void => setOf({ ...of, ...part });
  const next = (): void => setStep(step + 1);
  const back = (): void => setStep(step - 1);
  return (
    <Stack maw="60rem" gap="lg">
      <Stepper active={step} size="sm" allowNextStepsSelect={false}>
        {STEPS.map((one) => (
          <Stepper.Step key={one} label={t(`newInterface.step.${one}`)} component="div" />
        ))}
      </Stepper>
      {step === 0 ? <ResellerStep channels={channels} of={of} change={change} next={next} /> : null}
      {step === 1 && of.channel !== null ? (
        <ConnectionStep channel={of.channel} of={of} change={change} next={next} back={back} />
      ) : null}
      {step === 2 && of.channel !== null ? (
        <AccountStep
          of={of}
          channel={of.channel}
          back={back}
          made={(id) => {
            setMade(id);
            next();
          }}
        />
      ) : null}
      {step === 3 && made !== null ? <FirstRunStep of={made} /> : null}
    </Stack>
  );
}
