import type { Channel } from './contract/channel.ts';
import { fnac } from './fnac/channel.ts';

/** The one list of channels; only main/ reads it. */
export const channels: readonly Channel[] = [fnac];

/** Throws when there is no such channel: an interface of it cannot have been made. */
export function channelOf(id: string): Channel {
  const channel = channels.find((candidate) => candidate.id === id);
  if (!channel) throw new Error(`No channel ${id}; known: ${channels.map(({ id }) => id)}`);
  return channel;
}
