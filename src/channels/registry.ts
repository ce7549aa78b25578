import type { Channel } from './contract/channel.ts';
import { fnac } from './fnac/channel.ts';

/** The one list of channels; only main/ reads it. */
export const channels: readonly Channel[] = [fnac];
