import { randomUUID } from 'node:crypto';
import type { Api } from '../../../shared/contract.ts';
import type { SecretsPort } from '../ports.ts';
import type { SignInRegistry } from '../signin/sign-in-registry.ts';

type SignInApi = Pick<Api, 'signIn.password' | 'signIn.begin' | 'signIn.answer' | 'signIn.read' | 'signIn.forget'>;

export function signInApi(secrets: SecretsPort, signIns: SignInRegistry): SignInApi {
  return {
    'signIn.password': async ({ password }) => {
      const signInId = randomUUID();
      await secrets.keep(signInId, password);
      return { signInId };
    },
    'signIn.begin': ({ address, tls, caFile, password, way = 'usual', keep = false }) =>
      signIns.begin({ account: { address, ...(tls === undefined ? {} : { tls }) }, caFile, password, way, keep }),
    'signIn.answer': ({ signInId, answer }) => signIns.answer(signInId, answer),
    'signIn.read': ({ signInId }) => Promise.resolve().then(() => signIns.read(signInId)),
    'signIn.forget': async ({ signInId }) => {
      await signIns.forget(signInId);
      await secrets.forget(signInId);
      return {};
    },
  };
}
