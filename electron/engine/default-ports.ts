import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { TravasoError } from '../../shared/errors.ts';
import { noFaults } from './archive/no-faults.ts';
import { systemNetwork } from './discovery/system-network.ts';
import type { Clock, DiskPort, Log, OrganisationPort, Ports, SecretsPort } from './ports.ts';

/** The ports as most hosts want them; a host overrides what it does better (a keychain, a log file). */
export function defaultPorts(overrides: Partial<Ports> = {}): Ports {
  return {
    clock: systemClock,
    log: silentLog,
    faults: noFaults,
    disk: systemDisk,
    secrets: memorySecrets(),
    network: systemNetwork(overrides.findProxy),
    organisation: memoryOrganisation(),
    openBrowser: () => Promise.reject(new TravasoError('CALL_INVALID', { reason: 'no-browser' })),
    ...overrides,
  };
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

const silentLog: Log = { debug: () => undefined, warn: () => undefined };

const systemDisk: DiskPort = {
  freeBytes: async path => {
    try {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    } catch {
      return null;
    }
  },
};

function memoryOrganisation(): OrganisationPort {
  let kept: string | null = null;
  return {
    read: () => Promise.resolve(kept),
    write: text => {
      kept = text;
      return Promise.resolve();
    },
  };
}

/** Passwords in memory for as long as the process lives. */
export function memorySecrets(): SecretsPort {
  const passwords = new Map<string, string>();
  return {
    keep: (signInId, password) => {
      passwords.set(signInId, password);
      return Promise.resolve(false);
    },
    password: signInId => Promise.resolve(passwords.get(signInId) ?? null),
    forget: signInId => {
      passwords.delete(signInId);
      return Promise.resolve();
    },
  };
}
