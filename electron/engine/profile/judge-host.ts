import { getDomain } from 'tldts';
import type { HostJudgement } from '../../../shared/model/mailbox.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import { isLoopback } from '../imap/loopback.ts';

/** Where Microsoft's own service lives: named by a profile whose target is Microsoft 365. */
const microsoftHosts = ['outlook.office365.com', 'login.microsoftonline.com'];

/**
 * Whether a host may be given this person's password. With a profile only the hosts it names are known; without one,
 * those of the mail address's own domain. Everything else needs the person's word (RFC 6186 section 6), and a name
 * that imitates a known one gets a warning that says which.
 */
export function judgeHost(host: string, mail: string, profile: OrganisationProfile | null): HostJudgement {
  // A bridge on this very computer: nothing leaves it.
  if (isLoopback(host)) return { verdict: 'own', resembles: null };
  const known = profile === null ? [] : hostsOf(profile);
  if (known.includes(host)) return { verdict: 'named', resembles: null };
  const mailDomain = mail.slice(mail.lastIndexOf('@') + 1).toLowerCase();
  const trusted = [...known, mailDomain, ...(profile?.domains ?? [])];
  const resembles = trusted.find(name => imitates(host, name)) ?? null;
  if (resembles !== null) return { verdict: 'lookalike', resembles };
  if (profile !== null) return { verdict: 'unnamed', resembles: null };
  return { verdict: registered(host) === registered(mailDomain) ? 'own' : 'foreign', resembles: null };
}

export function hostsOf({ source, target, furtherHosts }: OrganisationProfile): string[] {
  return [
    source.host,
    ...('imapHost' in source && source.imapHost !== undefined ? [source.imapHost] : []),
    ...(target.kind === 'microsoft365' ? microsoftHosts : [target.host]),
    ...furtherHosts,
  ];
}

/** The name somebody had to register: `posta.comune.esempio.it` → `esempio.it`. Names of no public suffix as they are. */
function registered(name: string): string {
  return getDomain(name, { allowPrivateDomains: false }) ?? name;
}

/**
 * Registered names that a hasty reader takes for one another: a letter changed, left out, doubled or swapped, digits
 * and letter pairs that look alike, the same name under another ending, the known name put in front of a strange one.
 */
function imitates(host: string, known: string): boolean {
  const strange = registered(host);
  const own = registered(known);
  if (strange === own) return false;
  const strangeLabel = labelOf(strange);
  const ownLabel = labelOf(own);
  // Three letters resemble half the world.
  if (ownLabel.length < 4) return host.includes(`${own}.`);
  if (strangeLabel === ownLabel || host.includes(`${own}.`) || host.includes(own.replaceAll('.', '-'))) return true;
  if (skeleton(strangeLabel) === skeleton(ownLabel)) return true;
  return distance(strangeLabel, ownLabel, ownLabel.length < 8 ? 1 : 2);
}

function labelOf(domain: string): string {
  return domain.split('.', 1)[0] ?? domain;
}

function skeleton(label: string): string {
  return label
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replaceAll(/[1il|]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replaceAll('-', '');
}

/** Whether at most `limit` insertions, deletions, changes or swaps of neighbours lie between the two (Damerau). */
function distance(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return (last[b.length] ?? 0) <= limit;
}
