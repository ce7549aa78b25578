/**
 * The door: what a code is worth, readable from a metre away; below it the last ones, and how many
 * are awaited. Hand scanners write like a keyboard and end with Enter.
 */
import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getDoorPerformances, postDoorCheck } from '../../api/generated/client.ts';
import { useMay } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SceneHead } from '../../ui/scene.tsx';
import { useFormats } from '../../words/formats.ts';
import { DoorCamera, hasCamera } from './door-camera.tsx';
import { DoorCounts } from './door-counts.tsx';
import type { Scan } from './verdict.tsx';
import { LastScans, scanOf, Verdict } from './verdict.tsx';

const FRESH_MS = 10_000;
const KEPT_MAX = 20;

export function DoorScene() {
  const { t } = useTranslation();
  const may = useMay();
  const [gate, setGate] = useState('');
  const door = useQuery({
    queryKey: ['door'],
    queryFn: () => getDoorPerformances(),
    refetchInterval: FRESH_MS,
  });
  const performances = door.data?.items ?? [];
  return (
    <>
      <SceneHead title={t('nav.door')} />
      <ProblemNotice error={door.error} />
      <div className="door">
        {may('door.scan') ? (
          <Scanner gate={gate}>
            <GateSelect performances={performances} gate={gate} change={setGate} />
          </Scanner>
        ) : null}
        <DoorCounts performances={performances} isLoading={door.isPending} />
      </div>
    </>
  );
}

interface GateProps {
  performances: readonly { id: string; productName: string; localStart: string }[];
  gate: string;
  change(gate: string): void;
}

function GateSelect({ performances, gate, change }: GateProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Select
      label={t('door.gate')}
      data={[
        { value: '', label: t('door.anyGate') },
        ...performances.map(({ id, productName, localStart }) => ({
          value: id,
          label: `${formats.localStart(localStart)} · ${productName}`,
        })),
      ]}
      value={gate}
      onChange={(value) => change(value ?? '')}
    />
  );
}

function Scanner({ gate, children }: { gate: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [scans, setScans] = useState<readonly Scan[]>([]);
  const [code, setCode] = useState('');
  const [isCamera, setCamera] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const check = useMutation({
    mutationFn: async (asked: string) => {
      const performance = gate === '' ? {} : { performance: gate };
      return scanOf(asked, (await postDoorCheck({ code: asked, ...performance })).answer);
    },
    onSuccess: (scan) => setScans((before) => [scan, ...before].slice(0, KEPT_MAX)),
  });
  const scan = (asked: string): void => {
    if (asked.trim() === '') return;
    check.mutate(asked.trim());
    setCode('');
    field.current?.focus();
  };
  // A scanner writes where the cursor is: it must be in the field.
  useEffect(() => field.current?.focus(), []);
  return (
    <section aria-label={t('door.scan')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          scan(code);
        }}
      >
        <Group align="flex-end" mb="md">
          {children}
          <TextInput
            ref={field}
            label={t('door.code')}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" size="sm">
            {t('door.check')}
          </Button>
          {hasCamera() ? (
            <Button
              variant="default"
              size="sm"
              aria-pressed={isCamera}
              onClick={() => setCamera(!isCamera)}
            >
              {t(isCamera ? 'door.cameraOff' : 'door.cameraOn')}
            </Button>
          ) : null}
        </Group>
      </form>
      {isCamera ? <DoorCamera found={scan} /> : null}
      <ProblemNotice error={check.error} />
      <Verdict scan={scans[0] ?? null} />
      <Text size="sm" c="dimmed" my="sm">
        {t('door.onlyAnswers')}
      </Text>
      <LastScans scans={scans} />
    </section>
  );
}
