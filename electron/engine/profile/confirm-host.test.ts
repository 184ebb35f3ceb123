import { expect, test } from 'vitest';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { createEngine } from '../create-engine.ts';
import { defaultPorts } from '../default-ports.ts';
import { confirmHost } from './confirm-host.ts';
import { sampleProfile } from './testing/sample-profile.ts';

const address = (host: string) => parseAccountAddress(`imaps://anna%40comune.esempiopoli.it@${host}`);

test.each(['posta.esempiopo1i.it', 'mail.altrove.it'])('%s gets no password before the person agrees', host => {
  expect(() => confirmHost(address(host), sampleProfile, false)).toThrow(TravasoError);
  expect(() => confirmHost(address(host), null, false)).toThrow(TravasoError);
  expect(() => confirmHost(address(host), sampleProfile, true)).not.toThrow();
});

test('the profile’s host and a bridge on this computer need no word', () => {
  expect(() => confirmHost(address('posta.comune.esempiopoli.it'), sampleProfile, false)).not.toThrow();
  expect(() => confirmHost(address('127.0.0.1:1143'), sampleProfile, false)).not.toThrow();
});

test('the engine refuses before anything is sent, and keeps no password', async () => {
  const kept: string[] = [];
  const ports = defaultPorts();
  const engine = createEngine({
    ...ports,
    secrets: {
      ...ports.secrets,
      keep: (_id, password) => {
        kept.push(password);
        return Promise.resolve(false);
      },
    },
  });
  const begun = engine.api['signIn.begin']({
    address: 'imaps://anna%40comune.esempiopoli.it@posta.esempiopo1i.it',
    password: 'segreta',
  });
  await expect(begun).rejects.toSatisfy(
    error =>
      error instanceof TravasoError &&
      error.code === 'HOST_NOT_CONFIRMED' &&
      error.problem.details['resembles'] === 'comune.esempiopoli.it',
  );
  expect(kept).toEqual([]);
  await engine.close();
});
