/** What stands there before the data: the shape of what comes, never a spinner over the page. */
import { Skeleton, Stack } from '@mantine/core';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six'];

export function SceneSkeleton() {
  return (
    <Stack aria-hidden>
      <Skeleton height={24} width="16rem" />
      <TableSkeleton />
    </Stack>
  );
}

export function TableSkeleton() {
  return (
    <Stack gap={6} aria-hidden>
      {LINES.map((line) => (
        <Skeleton key={line} height={26} />
      ))}
    </Stack>
  );
}

export function FrameSkeleton() {
  return (
    <div className="frame" aria-hidden>
      <div className="frame-nav" />
      <div className="frame-main">
        <SceneSkeleton />
      </div>
    </div>
  );
}
