/** The mappings of an interface with their version, and changes to what one has seen of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  GetInterfaceMappings200,
  Mapping,
  PostInterfaceMappingsBody,
} from '../../api/generated/client.ts';
import { getGetInterfaceMappingsUrl, postInterfaceMappings } from '../../api/generated/client.ts';
import { exchange } from '../../api/send.ts';

export type MappingChange = PostInterfaceMappingsBody['change'];

interface SeenTable {
  items: readonly Mapping[];
  /** What If-Match says. */
  version: string;
}

export function useMappingTable(of: string) {
  return useQuery({
    queryKey: ['mappings', of, 'table'],
    queryFn: async (): Promise<SeenTable> => {
      const response = await exchange(getGetInterfaceMappingsUrl(of), {});
      const { items } = (await response.json()) as GetInterfaceMappings200;
      return { items, version: response.headers.get('etag') ?? '' };
    },
  });
}

/** Done only to the table that was seen; where it was changed meanwhile it is read again. */
export function useMappingChange(of: string, version: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: MappingChange) =>
      postInterfaceMappings(of, { change }, { headers: { 'if-match': version } }),
    onSettled: () => client.invalidateQueries(),
  });
}

/** What a change would do; null: there is none yet. */
export function useForetoldMapping(of: string, change: MappingChange | null) {
  return useQuery({
    queryKey: ['mappings', of, 'foretold', change],
    queryFn: () => postInterfaceMappings(of, { change: change as MappingChange, foretell: true }),
    enabled: change !== null,
    retry: false,
  });
}
