/**
 * How seats look. A state is never told by colour alone: each style has a shape too, so that the
 * plan can be read without seeing colours, and in print.
 */
export type SeatShape = 'disc' | 'square' | 'diamond' | 'ring' | 'frame' | 'cross' | 'triangle';

export interface SeatStyle {
  /** 0xRRGGBB. */
  readonly colour: number;
  readonly shape: SeatShape;
}

export interface SeatLook {
  /** What `styleOf` points at; 256 at most. */
  readonly styles: readonly SeatStyle[];
  /** The style of each seat, by its index. */
  readonly styleOf: Uint8Array;
  readonly background: number;
  /** The outline of chosen seats. */
  readonly chosenColour: number;
  readonly isChosen: (seat: number) => boolean;
}

/**
 * Eight colours that stay apart for every kind of colour vision: the set that Okabe and Ito
 * proposed for figures, without its yellow, which is lost on white.
 */
export const PALETTE: readonly number[] = [
  0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x5d3a9b, 0x4d4d4d,
];

const SHAPES: readonly SeatShape[] = ['disc', 'square', 'diamond', 'triangle', 'ring', 'frame'];

/** The style of the n-th kind: 24 are distinct, and neighbours differ in colour and shape. */
export function styleFor(kind: number): SeatStyle {
  const again = Math.floor(kind / PALETTE.length);
  return {
    colour: PALETTE[kind % PALETTE.length] as number,
    shape: SHAPES[(kind + 2 * again) % SHAPES.length] as SeatShape,
  };
}
