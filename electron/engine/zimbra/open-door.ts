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
  /** Whether a name and a password are let in here at all. */
  readonly takesPasswords: boolean;
  /** The server's own page for browsers, where it is known to have one that leads to an identity provider. */
  readonly page: string | null;
  /** @param device what this computer is to the server since the last time, if anything */
  readonly open: (device: TrustedDevice | null) => SignInDoor;
}

/**
 * Finds out which server this is, and its door.
 *
 * @throws SERVER_NOT_ZIMBRA, and the codes of the line
 */
export async function findDoor({ address, http, ports }: OpenDoorOptions, signal: AbortSignal): Promise<FoundDoor> {
  const line = new ZimbraLine({ origin: originOf(address), http, clock: ports.clock, log: ports.log });
  const asked = { user: address.user, expected: address.kind };
  const { edition, methods, page } = await discoverEdition(line, asked, signal);
  const newDevice = randomUUID();
  return {
    line,
    edition,
    takesPasswords: methods.length === 0 || methods.includes('password'),
    page,
    open: device =>
      edition === 'carbonio-advanced' ? zxDoor(line, device?.deviceId ?? newDevice) : soapDoor(line, device),
  };
}

/** @throws SIGNIN_BROWSER_ONLY */
export function assertTakesPasswords({ takesPasswords, line }: FoundDoor): void {
  if (!takesPasswords) throw new TravasoError('SIGNIN_BROWSER_ONLY', { host: line.host });
}

/** `https://host[:port]`. */
export function originOf({ host, port }: Pick<WebAccountAddress, 'host' | 'port'>): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return `https://${name}${port === 443 ? '' : `:${port}`}`;
}
