import { organisationProfileSchema } from '../../shared/model/organisation-profile.ts';

/** The profile of a made-up town, as the engine hands it out. */
export const sampleProfile = organisationProfileSchema.parse({
  format: 'travaso-profile',
  version: 1,
  id: 'comune-di-esempio',
  name: { it: 'Comune di Esempio', en: 'Town of Esempio' },
  issued: '2026-10-01T08:00:00Z',
  expires: null,
  domains: ['ente.it'],
  source: { kind: 'zimbra', host: 'posta.ente.it' },
  target: { kind: 'carbonio', host: 'nuova.ente.it' },
  dates: { freezeFrom: '2026-12-04', freezeUntil: '2026-12-09', cutOver: '2026-12-07', accessEnds: '2027-03-31' },
  officialSender: 'migrazione@ente.it',
  manuals: [
    { title: { it: 'Guida alla nuova posta', en: 'Guide to the new mail' }, url: 'https://intranet.ente.it/posta' },
  ],
  texts: {
    welcome: {
      it: 'La nuova casella parte vuota e l’indirizzo resta lo stesso.',
      en: 'The new mailbox starts empty and the address stays the same.',
    },
  },
  helpDesk: { phone: 'telefono 5555', hours: { it: 'dalle 8 alle 18', en: 'from 8 to 18' } },
});

export const sampleFingerprint = '3F2A-91C0-7B44-E8D1-05AC';
