/**
 * Who holds a lease: `host:pid:start`. The start of the process tells it from a later one that got
 * the same number, so a dead holder of this host is known at once.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ExchangeServices } from '../exchange/context.ts';

/** This process as a holder, and what it can tell of others on this host. */
export function processHolder(): ExchangeServices['holder'] {
  const host = hostname();
  return {
    name: `${host}:${process.pid}:${startOf(process.pid) ?? ''}`,
    isDead(name) {
      const match = /^(.*):(\d+):([^:]*)$/.exec(name);
      // Another host's processes cannot be asked: their lease has to expire.
      if (match === null || match[1] !== host) return false;
      const start = startOf(Number(match[2]));
      return start === null || (match[3] !== '' && start !== '' && start !== match[3]);
    },
  };
}

/** When a process started, in the system's own words; null: no such process; '': unknown. */
function startOf(pid: number): string | null {
  if (!exists(pid)) return null;
  try {
    // Fields after the name, which is in brackets and may hold anything. Linux only.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? null : (fields[19] ?? '');
  } catch {
    return startByPs(pid);
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startByPs(pid: number): string {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim().replaceAll(':', '.');
  } catch {
    return '';
  }
}
