import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { WebAccountAddress } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Ports } from '../ports.ts';
import { discoverEdition } from './discover-edition.ts';
import type { SignInDoor, TrustedDevice } from './sign-in-door.ts';
import { soapDoor } from './soap-door.ts';
import type { SoapSession } from './soap-session.ts';
import { ZimbraLine } from './zimbra-line.ts';
import { zxDoor } from './zx-door.ts';

export interface OpenDoorOptions {
  readonly address: WebAccountAddress;
  readonly http: HttpClient;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
}

export interface FoundDoor {
  readonly line: ZimbraLine;
  readonly edition: SoapSession['edition'];
  /** @param device what this computer is to the server since the last time, if anything */
  readonly open: (device: TrustedDevice | null) => SignInDoor;
}

/**
 * Finds out which server this is, and its door.
 *
 * @throws SERVER_NOT_ZIMBRA, SIGNIN_BROWSER_ONLY, and the codes of the line
 */
export async function findDoor({ address, http, ports }: OpenDoorOptions, signal: AbortSignal): Promise<FoundDoor> {
  const line = new ZimbraLine({ origin: originOf(address), http, clock: ports.clock, log: ports.log });
  const { edition, methods } = await discoverEdition(line, { user: address.user, expected: address.kind }, signal);
  if (methods.length > 0 && !methods.includes('password')) {
    throw new TravasoError('SIGNIN_BROWSER_ONLY', { host: line.host, methods: methods.join(' ') });
  }
  const newDevice = randomUUID();
  return {
    line,
    edition,
    open: device =>
      edition === 'carbonio-advanced' ? zxDoor(line, device?.deviceId ?? newDevice) : soapDoor(line, device),
  };
}

/** `https://host[:port]`. */
export function originOf({ host, port }: Pick<WebAccountAddress, 'host' | 'port'>): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return `https://${name}${port === 443 ? '' : `:${port}`}`;
}
