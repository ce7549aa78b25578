/** The seat plan: canvas, tools, keyboard. What seats mean is the scene's. */
import { ActionIcon, Box, Group, Kbd, Paper, SegmentedControl, Text, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFocusCentered,
  IconHandMove,
  IconLasso,
  IconSquareDashed,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { toScreen, wholePlan, zoomAt } from './camera.ts';
import type { Direction } from './neighbour.ts';
import { neighbourOf } from './neighbour.ts';
import type { Point } from './plan-geometry.ts';
import type { PlanView } from './plan-view.ts';
import type { SeatSelection } from './seat-selection.ts';
import type { PlanTool } from './use-plan-gestures.ts';
import { usePlanGestures } from './use-plan-gestures.ts';
import type { Plan, PlanLook, PlanPaper } from './use-plan-view.ts';
import { usePlanView } from './use-plan-view.ts';

export interface SeatPlanProps {
  readonly plan: Plan;
  readonly look: PlanLook;
  readonly paper: PlanPaper;
  readonly selection: SeatSelection;
  /** The name of the plan for who does not see it. */
  readonly label: string;
  /** A seat in a line of words: for the pointer and for who walks by the keyboard. */
  readonly describe: (seat: number) => string;
  readonly height: number | string;
  /** What to show where the machine cannot draw. */
  readonly otherwise: ReactNode;
}

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ZOOM_STEP = 1.5;

export function SeatPlan(props: SeatPlanProps) {
  const { plan, selection, label, describe, height, otherwise } = props;
  const host = useRef<HTMLDivElement>(null);
  const state = usePlanView(host, props);
  const view = state.kind === 'open' ? state.view : null;
  const [tool, setTool] = useState<PlanTool>('move');
  const [focus, setFocus] = useState<number | null>(null);
  const [hover, setHover] = useState<{ seat: number; at: Point } | null>(null);
  const hint = useId();
  useEffect(() => view?.mark({ focus, outline: [] }), [view, focus]);
  usePlanGestures(host, {
    view,
    grid: plan.grid,
    selection,
    tool,
    focus,
    onFocus: setFocus,
    onHover: (seat, at) => setHover(seat === null ? null : { seat, at }),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (view === null || !pressed(event, { view, plan, selection, focus, setFocus })) return;
    event.preventDefault();
  };
  if (state.kind === 'impossible') return otherwise;
  return (
    <Paper withBorder>
      <Tools tool={tool} onTool={setTool} view={view} selection={selection} />
      <Box pos="relative">
        <div
          ref={host}
          role="application"
          aria-label={label}
          aria-describedby={hint}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the plan is walked by the arrow keys.
          tabIndex={0}
          onKeyDown={onKeyDown}
          style={{ height, touchAction: 'none', cursor: tool === 'move' ? 'grab' : 'crosshair' }}
        />
        {hover !== null && <Hover at={hover.at} text={describe(hover.seat)} />}
      </Box>
      <Group id={hint} px="sm" py={4} gap="xs">
        <KeyHint />
        <Text size="xs" role="status" aria-live="polite" ml="auto">
          {focus === null ? '' : describe(focus)}
        </Text>
      </Group>
    </Paper>
  );
}

interface Pressing {
  view: PlanView;
  plan: Plan;
  selection: SeatSelection;
  focus: number | null;
  setFocus(seat: number): void;
}

/** Whether the key was one of the plan's. */
function pressed(event: KeyboardEvent, on: Pressing): boolean {
  const { view, plan, selection, focus } = on;
  const { key } = event;
  const isUndo = (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'z';
  if (isUndo) {
    if (event.shiftKey) selection.redo();
    else selection.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey) return false;
  const direction = KEYS[key];
  if (direction !== undefined) {
    walk(on, direction, event.shiftKey);
    return true;
  }
  if (key === ' ' && focus !== null) selection.toggle([focus]);
  else if (key === '+' || key === '-') {
    zoomBy(view, key === '+' ? ZOOM_STEP : 1 / ZOOM_STEP, focus === null ? null : plan, focus);
  } else if (key === '0') view.look(wholePlan(view.bounds, view.size));
  else return false;
  return true;
}

/** With shift, the seats walked over are chosen. */
function walk(
  { view, plan, selection, focus, setFocus }: Pressing,
  direction: Direction,
  choose: boolean,
) {
  const { geometry, grid } = plan;
  const { x, y } = view.camera;
  const next =
    focus === null
      ? grid.nearest({ x, y }, 1_000)
      : neighbourOf(geometry, grid, { seat: focus, direction });
  if (next === null) return;
  setFocus(next);
  if (choose) selection.add(focus === null ? [next] : [focus, next]);
  const at = { x: geometry.x[next] as number, y: geometry.y[next] as number };
  const { width, height } = view.size;
  const screen = toScreen(view.camera, view.size, at);
  const isSeen = screen.x > 24 && screen.x < width - 24 && screen.y > 24 && screen.y < height - 24;
  if (!isSeen) view.look({ ...view.camera, ...at });
}

function zoomBy(
  view: PlanView,
  factor: number,
  plan: Plan | null = null,
  seat: number | null = null,
) {
  const middle = { x: view.size.width / 2, y: view.size.height / 2 };
  const at =
    plan === null || seat === null
      ? middle
      : toScreen(view.camera, view.size, {
          x: plan.geometry.x[seat] as number,
          y: plan.geometry.y[seat] as number,
        });
  view.look(zoomAt(view.camera, { bounds: view.bounds, view: view.size, at, factor }));
}

function Tools({
  tool,
  onTool,
  view,
  selection,
}: {
  tool: PlanTool;
  onTool(tool: PlanTool): void;
  view: PlanView | null;
  selection: SeatSelection;
}) {
  const { t } = useTranslation();
  useSyncExternalStore(
    (changed) => selection.subscribe(changed),
    () => selection.version,
  );
  return (
    <Group gap="xs" p="xs" wrap="wrap">
      <SegmentedControl
        size="xs"
        value={tool}
        onChange={(value) => onTool(value as PlanTool)}
        aria-label={t('plan.tool')}
        data={[
          {
            value: 'move',
            label: <ToolName icon={<IconHandMove size={16} />} text={t('plan.move')} />,
          },
          {
            value: 'rectangle',
            label: <ToolName icon={<IconSquareDashed size={16} />} text={t('plan.rectangle')} />,
          },
          {
            value: 'lasso',
            label: <ToolName icon={<IconLasso size={16} />} text={t('plan.lasso')} />,
          },
        ]}
      />
      <Group gap={4}>
        <Tool
          label={t('plan.undo')}
          disabled={!selection.canUndo}
          onClick={() => selection.undo()}
          icon={<IconArrowBackUp size={16} />}
        />
        <Tool
          label={t('plan.redo')}
          disabled={!selection.canRedo}
          onClick={() => selection.redo()}
          icon={<IconArrowForwardUp size={16} />}
        />
        <Tool
          label={t('plan.clear')}
          disabled={selection.size === 0}
          onClick={() => selection.replace([])}
          icon={<IconX size={16} />}
        />
      </Group>
      <Group gap={4} ml="auto">
        <Tool
          label={t('plan.closer')}
          disabled={view === null}
          onClick={() => view && zoomBy(view, ZOOM_STEP)}
          icon={<IconZoomIn size={16} />}
        />
        <Tool
          label={t('plan.farther')}
          disabled={view === null}
          onClick={() => view && zoomBy(view, 1 / ZOOM_STEP)}
          icon={<IconZoomOut size={16} />}
        />
        <Tool
          label={t('plan.whole')}
          disabled={view === null}
          onClick={() => view?.look(wholePlan(view.bounds, view.size))}
          icon={<IconFocusCentered size={16} />}
        />
      </Group>
    </Group>
  );
}

function ToolName({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      {icon}
      <span>{text}</span>
    </Group>
  );
}

function Tool({
  label,
  icon,
  disabled,
  onClick,
}: {
  label: string;
  icon: ReactNode;
  disabled: boolean;
  onClick(): void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Hover({ at, text }: { at: Point; text: string }) {
  return (
    <Paper
      shadow="sm"
      withBorder
      px="xs"
      py={2}
      pos="absolute"
      style={{ left: at.x + 14, top: at.y + 14, pointerEvents: 'none', maxWidth: 320 }}
      aria-hidden
    >
      <Text size="xs">{text}</Text>
    </Paper>
  );
}

function KeyHint() {
  const { t } = useTranslation();
  const keys: readonly (readonly [string, string])[] = [
    ['← → ↑ ↓', t('plan.keyWalk')],
    [t('plan.space'), t('plan.keyTurn')],
    ['⇧', t('plan.keyAdd')],
    ['+ −', t('plan.keyZoom')],
    ['0', t('plan.whole')],
    ['Alt', t('plan.keyRemove')],
  ];
  return keys.map(([key, text]) => (
    <Text key={key} size="xs" c="dimmed">
      <Kbd size="xs">{key}</Kbd> {text}
    </Text>
  ));
}
