import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import type { Clock, OrganisationPort } from '../ports.ts';
import { freezeProblem } from './freeze-window.ts';
import { checkProfile } from './sign-profile.ts';
import type { CheckedProfile } from './sign-profile.ts';

export interface KnownOrganisation extends CheckedProfile {
  readonly problem: null;
  readonly freeze: Problem | null;
}
export interface NoOrganisation {
  readonly profile: null;
  readonly fingerprint: null;
  /** Why the installed profile no longer counts; null when there is none. */
  readonly problem: Problem | null;
  readonly freeze: null;
}

/** The one profile this installation goes by, checked anew each time it is asked for. */
export class Organisation {
  private readonly port: OrganisationPort;
  private readonly clock: Clock;

  constructor(port: OrganisationPort, clock: Clock) {
    this.port = port;
    this.clock = clock;
  }

  async read(): Promise<KnownOrganisation | NoOrganisation> {
    const text = await this.port.read();
    if (text === null) return { profile: null, fingerprint: null, problem: null, freeze: null };
    try {
      const now = this.clock.now();
      const checked = checkProfile(text, now);
      return { ...checked, problem: null, freeze: freezeProblem(checked.profile, now) };
    } catch (error) {
      return { profile: null, fingerprint: null, problem: problemOf(error), freeze: null };
    }
  }

  async profile(): Promise<OrganisationProfile | null> {
    return (await this.read()).profile;
  }

  /** What a file holds, and how it stands to the installed one. Installs nothing. */
  async inspect(text: string): Promise<CheckedProfile & { readonly key: 'first' | 'same' | 'other' }> {
    const checked = checkProfile(text, this.clock.now());
    const installed = await this.installedFingerprint();
    return { ...checked, key: installed === null ? 'first' : installed === checked.fingerprint ? 'same' : 'other' };
  }

  /**
   * Goes by this profile from now on. `fingerprint` is what the person compared: it must be this file's. A profile
   * signed with another key than the installed one is refused, for that is what a forged successor looks like; the
   * person has to remove the old one first.
   *
   * @throws as `checkProfile`, PROFILE_KEY_CHANGED
   */
  async install(text: string, fingerprint: string): Promise<void> {
    const checked = await this.inspect(text);
    if (checked.fingerprint !== fingerprint || checked.key === 'other')
      throw new TravasoError('PROFILE_KEY_CHANGED', { fingerprint: checked.fingerprint });
    await this.port.write(text);
  }

  async remove(): Promise<void> {
    await this.port.write(null);
  }

  /** Also of a profile that has expired: its key still counts. */
  private async installedFingerprint(): Promise<string | null> {
    const text = await this.port.read();
    if (text === null) return null;
    try {
      return checkProfile(text, new Date(0)).fingerprint;
    } catch {
      return null;
    }
  }
}
