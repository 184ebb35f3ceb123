import { randomUUID } from 'node:crypto';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { AccountAddress } from '../../../shared/account-address.ts';
import type { Account, Output } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { SignInAnswer, SignInWay } from '../../../shared/model/sign-in.ts';
import type { Credentials, SignInFlow } from './sign-in-flow.ts';

/** What the person typed and chose on the sign-in screen. */
export interface SignInRequest {
  readonly signInId: string;
  readonly address: AccountAddress;
  /** As given, for the adapters that want the address's own spelling. */
  readonly account: { readonly address: string; readonly tls?: 'implicit' | 'starttls' | 'none-on-loopback' };
  readonly caFile: string | undefined;
  readonly password: string | null;
  readonly way: SignInWay;
  readonly keep: boolean;
}

export type StartFlow = (request: SignInRequest) => Promise<SignInFlow>;

/** Takes up a sign-in that an earlier run kept in the keychain; null when there is none, or it is of no use. */
export type RecallFlow = (
  request: Pick<SignInRequest, 'signInId' | 'address' | 'account' | 'caFile'>,
) => Promise<SignInFlow | null>;

/** The door of one kind of account. */
export interface Door {
  readonly start: StartFlow;
  readonly recall?: RecallFlow;
}
export type Doors = Readonly<Partial<Record<AccountAddress['kind'], Door>>>;

/** Every sign-in of this process, by its id. */
export class SignInRegistry {
  private readonly flows = new Map<string, SignInFlow>();
  private readonly doors: Doors;

  constructor(doors: Doors) {
    this.doors = doors;
  }

  /** @throws ACCOUNT_ADDRESS_INVALID, ACCOUNT_KIND_UNSUPPORTED */
  async begin(asked: Omit<SignInRequest, 'signInId' | 'address'>): Promise<Output<'signIn.begin'>> {
    const { account } = asked;
    const address = parseAccountAddress(account.address, account.tls === undefined ? {} : { tls: account.tls });
    const door = this.doors[address.kind];
    if (door === undefined) throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
    const signInId = randomUUID();
    const flow = await door.start({ ...asked, signInId, address });
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

  /** The same, and also what an earlier run of the program was told to keep. */
  async recall({ address: text, tls, signInId, caFile }: Account): Promise<Credentials | null> {
    if (signInId === null) return null;
    if (this.flows.has(signInId)) return this.credentials(signInId);
    const account = tls === undefined ? { address: text } : { address: text, tls };
    const address = parseAccountAddress(text, tls === undefined ? {} : { tls });
    const flow = (await this.doors[address.kind]?.recall?.({ signInId, address, account, caFile })) ?? null;
    if (flow === null) return null;
    this.flows.set(signInId, flow);
    return flow.credentials();
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
