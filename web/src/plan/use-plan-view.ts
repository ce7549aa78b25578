import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { PlanGeometry } from './plan-geometry.ts';
import type { PlanName } from './plan-view.ts';
import { PlanView } from './plan-view.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { SeatLook } from './seat-look.ts';
import type { SeatSelection } from './seat-selection.ts';

/** A plan as a scene gives it. Keep the same object while the seats are the same. */
export interface Plan {
  readonly geometry: PlanGeometry;
  readonly grid: SeatGrid;
  readonly names: readonly PlanName[];
  /** What is written on a seat that is shown large: its number. */
  readonly labelOf: (seat: number) => string;
}

/** How the seats look, without who is chosen. */
export type PlanLook = Pick<SeatLook, 'styles' | 'styleOf'>;

export interface PlanPaper {
  readonly background: number;
  readonly ink: number;
}

export type PlanViewState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly view: PlanView }
  /** The machine has no WebGL: the table is the way in. */
  | { readonly kind: 'impossible' };

/** The WebGL view in `host`, sized with it, repainted when look, paper or selection change. */
export function usePlanView(
  host: RefObject<HTMLDivElement | null>,
  {
    plan,
    look,
    paper,
    selection,
  }: {
    plan: Plan;
    look: PlanLook;
    paper: PlanPaper;
    selection: SeatSelection;
  },
): PlanViewState {
  const [state, setState] = useState<PlanViewState>({ kind: 'opening' });
  const view = state.kind === 'open' ? state.view : null;
  useEffect(() => openIn(host.current, setState), [host]);

  const seatLook = useRef<SeatLook | null>(null);
  const shown = useRef<{ plan: Plan; view: PlanView; ink: number } | null>(null);
  useEffect(() => {
    if (view === null) return;
    const next: SeatLook = {
      ...look,
      background: paper.background,
      chosenColour: paper.ink,
      isChosen: (seat) => selection.has(seat),
    };
    seatLook.current = next;
    const same = shown.current;
    if (same?.plan === plan && same.view === view && same.ink === paper.ink) {
      view.repaint(next);
      return;
    }
    const camera = same?.plan === plan && same.view === view ? view.camera : null;
    const { geometry, grid, names, labelOf } = plan;
    view.setPlan({ geometry, grid, look: next }, { names, labelOf, ink: paper.ink });
    if (camera !== null) view.look(camera);
    shown.current = { plan, view, ink: paper.ink };
  }, [view, plan, look, paper, selection]);

  useEffect(() => {
    if (view === null) return;
    return selection.subscribe((changed) => {
      if (seatLook.current !== null) view.repaint(seatLook.current, changed);
    });
  }, [view, selection]);
  return state;
}

function openIn(
  element: HTMLDivElement | null,
  tell: (state: PlanViewState) => void,
): (() => void) | undefined {
  if (element === null) return;
  let opened: PlanView | null = null;
  let isGone = false;
  const size = () => ({
    width: Math.max(1, element.clientWidth),
    height: Math.max(1, element.clientHeight),
  });
  const watcher = new ResizeObserver(() => opened?.resize(size()));
  PlanView.open(size()).then(
    (view) => {
      if (isGone) {
        view.close();
        return;
      }
      opened = view;
      element.append(view.canvas);
      watcher.observe(element);
      tell({ kind: 'open', view });
    },
    () => tell({ kind: 'impossible' }),
  );
  return () => {
    isGone = true;
    watcher.disconnect();
    opened?.close();
    opened = null;
  };
}
