import type { Language } from '../../../shared/words/language.ts';

interface ProfileWords {
  readonly fingerprint: string;
  readonly domains: string;
  readonly source: string;
  readonly target: string;
  readonly expires: string;
  readonly never: string;
}

/** What `travaso profile` prints beside the figures. */
export const profileWords: Readonly<Record<Language, ProfileWords>> = {
  it: {
    fingerprint: 'Impronta della chiave (da confrontare al telefono)',
    domains: 'Domini',
    source: 'Vecchia casella',
    target: 'Nuova casella',
    expires: 'Scade il',
    never: 'mai',
  },
  en: {
    fingerprint: 'Fingerprint of the key (to compare by telephone)',
    domains: 'Domains',
    source: 'Old mailbox',
    target: 'New mailbox',
    expires: 'Expires on',
    never: 'never',
  },
};
