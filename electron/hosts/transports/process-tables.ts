import * as z from 'zod';

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

/** Served by the host: only it can show a page in the system's browser. */
export const browserMethods = {
  'browser.open': { input: z.object({ url: z.url({ protocol: /^https$/ }) }), output: nothing },
} as const;

export type SecretsApi = {
  readonly [M in keyof typeof secretMethods]: (
    input: z.output<(typeof secretMethods)[M]['input']>,
  ) => Promise<z.output<(typeof secretMethods)[M]['output']>>;
};
