import * as z from 'zod';
import type { ErrorCode } from '../../../shared/errors.ts';

/**
 * What passes between the engine's process and the host that started it, beside the contract: same wire, never
 * offered to a screen.
 */
const nothing = z.object({});
const signIn = z.object({ signInId: z.uuid() });

/** Served by the engine's process. */
export const controlMethods = {
  /** Pauses what runs and lets go of every archive, before the process is ended. */
  'engine.close': { input: nothing, output: nothing },
  /** The computer slept: connections are gone, though no packet has said so yet. */
  'engine.lineLost': { input: nothing, output: nothing },
} as const;

/** Served by the host: passwords stay out of the process that parses mail, except while it signs in. */
export const secretMethods = {
  'secrets.keep': {
    input: signIn.extend({ password: z.string() }),
    /** Whether it outlives the process. */
    output: z.object({ lasting: z.boolean() }),
  },
  'secrets.password': { input: signIn, output: z.object({ password: z.string().nullable() }) },
  'secrets.forget': { input: signIn, output: nothing },
} as const;

/** Served by the host: only it can show a page in the system's browser, and knows by which proxy that goes out. */
export const browserMethods = {
  'browser.open': { input: z.object({ url: z.url({ protocol: /^https$/ }) }), output: nothing },
  /** The proxy that the system's settings name for this address; null: none. */
  'proxy.find': {
    input: z.object({ url: z.url({ protocol: /^https$/ }) }),
    output: z.object({ proxy: z.string().nullable() }),
  },
} as const;

/** What can go wrong on the way to a page; told with the host it went wrong at. */
export const pageProblems = [
  'SERVER_UNKNOWN_HOST',
  'SERVER_REFUSED_CONNECTION',
  'SERVER_UNREACHABLE',
  'TLS_CERTIFICATE_EXPIRED',
  'TLS_CERTIFICATE_WRONG_HOST',
  'TLS_CERTIFICATE_UNKNOWN_CA',
  'TLS_FAILED',
  'TLS_REQUIRED',
] as const satisfies readonly ErrorCode[];

const windowId = z.object({ id: z.uuid() });
const ending = z.discriminatedUnion('ended', [
  /** Lines of `Set-Cookie`: secrets, good for the whole mailbox. */
  z.object({ ended: z.literal('signed-in'), cookies: z.array(z.string().max(16_384)).max(200) }),
  z.object({ ended: z.literal('closed') }),
  z.object({ ended: z.literal('failed'), code: z.enum(pageProblems), host: z.string() }),
]);
export type SignInWindowEnding = z.output<typeof ending>;

/** Served by a host that has windows: the page of an identity provider, in one apart (`SignInPage`). */
export const signInWindowMethods = {
  /** Answers when the window is gone, minutes later. */
  'signInWindow.open': {
    input: windowId.extend({
      url: z.url({ protocol: /^https$/ }),
      sessionCookie: z.string().min(1),
      authorities: z.array(z.string()).max(2000),
    }),
    output: ending,
  },
  'signInWindow.close': { input: windowId, output: nothing },
} as const;

export type SecretsApi = {
  readonly [M in keyof typeof secretMethods]: (
    input: z.output<(typeof secretMethods)[M]['input']>,
  ) => Promise<z.output<(typeof secretMethods)[M]['output']>>;
};
