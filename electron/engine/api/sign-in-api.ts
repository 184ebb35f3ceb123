import { randomUUID } from 'node:crypto';
import type { Api } from '../../../shared/contract.ts';
import type { SecretsPort } from '../ports.ts';

export function signInApi(secrets: SecretsPort): Pick<Api, 'signIn.password' | 'signIn.forget'> {
  return {
    'signIn.password': async ({ password }) => {
      const signInId = randomUUID();
      await secrets.keep(signInId, password);
      return { signInId };
    },
    'signIn.forget': async ({ signInId }) => {
      await secrets.forget(signInId);
      return {};
    },
  };
}
