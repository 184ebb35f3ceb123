import type { Output } from '../../shared/contract.ts';
import { fails } from './fake-engine.ts';
import type { Answers } from './fake-engine.ts';
import { sampleFingerprint, sampleProfile } from './sample-profile.ts';
import { described } from './scenario.ts';
import type { Scenario } from './scenario.ts';

const installed: Answers = {
  'organisation.read': () => ({ profile: sampleProfile, fingerprint: sampleFingerprint, problem: null, freeze: null }),
};
const inspects = (key: Output<'organisation.inspect'>['key']): Answers => ({
  'organisation.inspect': () => ({ profile: sampleProfile, fingerprint: sampleFingerprint, key }),
});

/** The organisation's profile: none, looked at, agreed to, in use, no longer good. */
export const organisationScenarios: readonly Scenario[] = [
  { name: 'profile-installed', view: 'settings', answers: installed },
  {
    name: 'profile-agree',
    view: 'settings',
    answers: inspects('first'),
    act: async hand => {
      await hand.press('Apri il file del profilo');
      await hand.press('Usa questo profilo');
    },
  },
  {
    name: 'profile-other-key',
    view: 'settings',
    answers: { ...installed, ...inspects('other') },
    act: hand => hand.press('Apri il file del profilo'),
  },
  {
    name: 'profile-forged',
    view: 'settings',
    answers: { 'organisation.inspect': fails('PROFILE_SIGNATURE_WRONG') },
    act: hand => hand.press('Apri il file del profilo'),
  },
  {
    name: 'profile-expired',
    view: 'settings',
    answers: {
      'organisation.read': () => ({
        profile: null,
        fingerprint: null,
        problem: { code: 'PROFILE_EXPIRED', details: { expired: '2026-10-31' } },
        freeze: null,
      }),
    },
  },
  {
    name: 'profile-freeze',
    wizard: { ...described, step: 'target' },
    answers: {
      'organisation.read': () => ({
        profile: sampleProfile,
        fingerprint: sampleFingerprint,
        problem: null,
        freeze: { code: 'ORGANISATION_FREEZE', details: { fromDay: '2026-12-04', untilDay: '2026-12-09' } },
      }),
    },
  },
  { name: 'welcome-with-profile', wizard: { ...described, step: 'welcome' }, answers: installed },
];
