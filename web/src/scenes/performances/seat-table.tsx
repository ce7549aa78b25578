/** The plan's equal for who does not see it: every seat a row, chosen by its box. */
import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatSelection } from '../../plan/seat-selection.ts';
import { useFormats } from '../../words/formats.ts';
import type { PlanModel } from './plan-model.ts';

const ROW_PIXELS = 30;

export function SeatTable(of: {
  model: PlanModel;
  selection: SeatSelection;
  describe: (seat: number) => string;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { model, selection, describe } = of;
  const [text, setText] = useState('');
  const seats = useFound(model, describe, useDeferredValue(text));
  const box = useRef<HTMLDivElement>(null);
  useSyncExternalStore(
    (changed) => selection.subscribe(changed),
    () => selection.version,
  );
  const rows = useVirtualizer({
    count: seats.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
  });
  return (
    <Stack gap="xs">
      <Group align="flex-end">
        <TextInput
          label={t('plan.find')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Text size="sm" role="status">
          {t('plan.found', { count: seats.length, shown: formats.count(seats.length) })}
        </Text>
        <Checkbox
          label={t('plan.chooseFound')}
          checked={seats.length > 0 && seats.every((seat) => selection.has(seat))}
          onChange={({ currentTarget }) =>
            currentTarget.checked ? selection.add(seats) : selection.remove(seats)
          }
        />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <section ref={box} className="seat-rows" aria-label={t('plan.asTable')} tabIndex={0}>
        <ul style={{ height: rows.getTotalSize(), position: 'relative', margin: 0, padding: 0 }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const seat = seats[index] as number;
            return (
              <li
                key={seat}
                aria-posinset={index + 1}
                aria-setsize={seats.length}
                style={{ position: 'absolute', top: start, height: ROW_PIXELS, listStyle: 'none' }}
              >
                <Checkbox
                  label={describe(seat)}
                  checked={selection.has(seat)}
                  onChange={() => selection.toggle([seat])}
                />
              </li>
            );
          })}
        </ul>
      </section>
    </Stack>
  );
}

/** Seats whose line holds every word that was typed, in any order. */
function useFound(
  { told }: PlanModel,
  describe: (seat: number) => string,
  text: string,
): readonly number[] {
  return useMemo(() => {
    const all = Array.from({ length: told.count }, (_, seat) => seat);
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return all;
    return all.filter((seat) => {
      const line = describe(seat).toLocaleLowerCase();
      return words.every((word) => line.includes(word));
    });
  }, [told, describe, text]);
}
