/** The zone of each interface's house, for instants that come without one. */
import { useCallback } from 'react';
import { useInterfaces } from './reading.ts';

/** Undefined while it is not known: then the reader's zone is used. */
export function useTimeZones(): (interfaceId: string) => string | undefined {
  const { data } = useInterfaces();
  return useCallback((id) => data?.items.find((one) => one.id === id)?.timeZone, [data]);
}
