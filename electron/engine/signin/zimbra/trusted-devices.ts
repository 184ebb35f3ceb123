import * as z from 'zod';
import type { SecretsPort } from '../../ports.ts';
import type { TrustedDevice } from '../../zimbra/sign-in-door.ts';
import { derivedSecretId } from './derived-secret-id.ts';

const deviceSchema = z.object({ deviceId: z.string(), token: z.string().nullable() });

/** What servers gave this computer so that it may leave out the code; only where the person asked for it. */
export interface TrustedDevices {
  /** @param account the canonical address */
  of(account: string): Promise<TrustedDevice | null>;
  keep(account: string, device: TrustedDevice): Promise<void>;
}

export function trustedDevices(secrets: SecretsPort): TrustedDevices {
  return {
    async of(account) {
      const kept = await secrets.password(derivedSecretId('trusted-device', account));
      if (kept === null) return null;
      const parsed = deviceSchema.safeParse(JSON.parse(kept));
      return parsed.success ? parsed.data : null;
    },
    async keep(account, device) {
      await secrets.keep(derivedSecretId('trusted-device', account), JSON.stringify(device));
    },
  };
}
