/** Where a line's remedy leads on the screen. */
import { webPath } from '../domain/watch/web-address.ts';
import type { RemedyLink } from './remedies.ts';

/** From the application's root; null where there is nothing to go to. */
export function remedyPath(
  link: RemedyLink | null,
  { interfaceId, runId }: { interfaceId: number; runId: number },
): string | null {
  if (link === null) return null;
  switch (link.screen) {
    case 'mappings': {
      const { word, value, ours } = link;
      if (word === '') return webPath({ place: 'mapping_queue', interfaceId });
      return webPath({
        place: 'mapping',
        interfaceId,
        word,
        ...(value !== null && { value }),
        ...(ours !== null && { ours }),
      });
    }
    case 'interface':
      return webPath({ place: 'interface', interfaceId });
    case 'cases':
      return link.messageId === null
        ? webPath({ place: 'cases', interfaceId, code: null })
        : webPath({ place: 'case', messageId: link.messageId });
    case 'run':
      return webPath({ place: 'run', interfaceId, runId });
  }
}
