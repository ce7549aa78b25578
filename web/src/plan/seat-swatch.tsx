/** A seat's style beside a word: the legend. */
import type { SeatShape, SeatStyle } from './seat-look.ts';

export function SeatSwatch({ style }: { style: SeatStyle }) {
  const colour = `#${style.colour.toString(16).padStart(6, '0')}`;
  return (
    <svg width={16} height={16} viewBox="-1.1 -1.1 2.2 2.2" aria-hidden>
      {drawn(style.shape, colour)}
    </svg>
  );
}

function drawn(shape: SeatShape, colour: string) {
  switch (shape) {
    case 'disc':
      return <circle r={1} fill={colour} />;
    case 'ring':
      return <circle r={0.8} fill="none" stroke={colour} strokeWidth={0.4} />;
    case 'square':
      return <rect x={-0.88} y={-0.88} width={1.76} height={1.76} fill={colour} />;
    case 'frame':
      return (
        <rect
          x={-0.72}
          y={-0.72}
          width={1.44}
          height={1.44}
          fill="none"
          stroke={colour}
          strokeWidth={0.33}
        />
      );
    case 'diamond':
      return <polygon points="0,-1 1,0 0,1 -1,0" fill={colour} />;
    case 'triangle':
      return <polygon points="0,-0.95 0.9,0.85 -0.9,0.85" fill={colour} />;
    case 'cross':
      return (
        <path
          d="M-0.7-0.7L0.7 0.7M0.7-0.7L-0.7 0.7"
          stroke={colour}
          strokeWidth={0.56}
          fill="none"
        />
      );
  }
}
