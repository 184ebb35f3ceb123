import { organisationProfileSchema } from '../../../../shared/model/organisation-profile.ts';

/** As an IT office would write it, before it is signed. */
export const sampleProfileSource = {
  format: 'travaso-profile',
  version: 1,
  id: 'comune-di-esempiopoli',
  name: { it: 'Comune di Esempiopoli', en: 'Town of Esempiopoli' },
  issued: '2026-10-01T08:00:00Z',
  expires: '2027-12-31T23:00:00Z',
  domains: ['comune.esempiopoli.it'],
  source: { kind: 'zimbra', host: 'posta.comune.esempiopoli.it' },
  target: { kind: 'carbonio', host: 'nuova.comune.esempiopoli.it' },
  furtherHosts: ['accesso.esempio-identita.it'],
};

export const sampleProfile = organisationProfileSchema.parse(sampleProfileSource);
