import { expect, test } from 'vitest';
import { judgeHost } from './judge-host.ts';
import { sampleProfile } from './testing/sample-profile.ts';

const mail = 'anna.verdi@comune.esempiopoli.it';

test.each(['posta.comune.esempiopoli.it', 'nuova.comune.esempiopoli.it', 'accesso.esempio-identita.it'])(
  'with a profile, %s is named by it',
  host => {
    expect(judgeHost(host, mail, sampleProfile)).toEqual({ verdict: 'named', resembles: null });
  },
);

test('a Microsoft 365 profile names Microsoft’s own hosts', () => {
  const target = {
    kind: 'microsoft365' as const,
    tenant: '2f6a3c1e-1b6d-4d62-9a55-9a0d3a6b1c11',
    clientId: '7a1f0a52-6a3f-4d44-8f06-0a4fd3f3a001',
  };
  expect(judgeHost('outlook.office365.com', mail, { ...sampleProfile, target }).verdict).toBe('named');
  expect(judgeHost('outlook.office365.com', mail, sampleProfile).verdict).toBe('unnamed');
});

test.each([
  ['posta.comune.esempiopoli.it', 'own'],
  ['imap.altro-fornitore.it', 'foreign'],
])('without a profile %s is %s', (host, verdict) => {
  expect(judgeHost(host, mail, null).verdict).toBe(verdict);
});

test.each([
  'posta.comune.esempiopoIi.com'.toLowerCase(),
  'posta.esempiopolI.it'.toLowerCase().replace('poli', 'pol1'),
  'posta.esernpiopoli.it',
  'posta.esempiopli.it',
  'posta.esempoipoli.it',
  'posta.esempiopoli.eu',
  'posta.comune.esempiopoli.it.accesso-sicuro.com',
  'comune-esempiopoli-it.example.org',
])('%s imitates the organisation’s own name', host => {
  expect(judgeHost(host, mail, sampleProfile).verdict).toBe('lookalike');
  expect(judgeHost(host, mail, null).verdict).toBe('lookalike');
});

test('a name that only has the ending in common imitates nothing', () => {
  expect(judgeHost('mail.regione-altrove.it', mail, null)).toEqual({ verdict: 'foreign', resembles: null });
});
