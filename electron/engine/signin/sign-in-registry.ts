import { randomUUID } from 'node:crypto';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { AccountAddress } from '../../../shared/account-address.ts';
import type { Output } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { SignInAnswer } from '../../../shared/model/sign-in.ts';
import type { Credentials, SignInFlow } from './sign-in-flow.ts';

/** What the person typed and chose on the sign-in screen. */
export interface SignInRequest {
  readonly signInId: string;
  readonly address: AccountAddress;
  /** As given, for the adapters that want the address's own spelling. */
  readonly account: { readonly address: string; readonly tls?: 'implicit' | 'starttls' | 'none-on-loopback' };
  readonly caFile: string | undefined;
  readonly password: string | null;
  readonly way: 'usual' | 'deviceCode';
  readonly keep: boolean;
}

export type StartFlow = (request: SignInRequest) => Promise<SignInFlow>;

/** Every sign-in of this process, by its id. */
export class SignInRegistry {
  private readonly flows = new Map<string, SignInFlow>();
  private readonly starters: Readonly<Partial<Record<AccountAddress['kind'], StartFlow>>>;

  constructor(starters: Readonly<Partial<Record<AccountAddress['kind'], StartFlow>>>) {
    this.starters = starters;
  }

  /** @throws ACCOUNT_ADDRESS_INVALID, ACCOUNT_KIND_UNSUPPORTED */
  async begin(asked: Omit<SignInRequest, 'signInId' | 'address'>): Promise<Output<'signIn.begin'>> {
    const { account } = asked;
    const address = parseAccountAddress(account.address, account.tls === undefined ? {} : { tls: account.tls });
    const start = this.starters[address.kind];
    if (start === undefined) throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
    const signInId = randomUUID();
    const flow = await start({ ...asked, signInId, address });
    this.flows.set(signInId, flow);
    return { signInId, step: flow.step() };
  }

  async answer(signInId: string, answer: SignInAnswer): Promise<Output<'signIn.answer'>> {
    const flow = this.known(signInId);
    await flow.answer(answer);
    return { signInId, step: flow.step() };
  }

  read(signInId: string): Output<'signIn.read'> {
    return { signInId, step: this.known(signInId).step() };
  }

  /** Null for an id that was never signed in here: a password that was only kept, or another run's. */
  credentials(signInId: string): Credentials | null {
    return this.flows.get(signInId)?.credentials() ?? null;
  }

  async forget(signInId: string): Promise<void> {
    const flow = this.flows.get(signInId);
    this.flows.delete(signInId);
    await flow?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.flows.keys()].map(id => this.forget(id)));
  }

  private known(signInId: string): SignInFlow {
    const flow = this.flows.get(signInId);
    if (flow === undefined) throw new TravasoError('SIGNIN_EXPIRED');
    return flow;
  }
}
