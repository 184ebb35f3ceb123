import * as z from 'zod';
import { signInAnswerSchema, signInStepSchema, signInWays } from '../model/sign-in.ts';
import { languages } from '../words/language.ts';
import { path, tls } from './schemas.ts';

const signInId = z.uuid();
const reached = z.object({ signInId, step: signInStepSchema });

/** Letting a person in. What was typed goes in here and never comes back out; jobs name it by its id. */
export const signInMethods = {
  /** Keeps a password in memory (or the keychain) for jobs to sign in with. Connects to nothing. */
  'signIn.password': { input: z.object({ password: z.string() }), output: z.object({ signInId }) },
  /**
   * Begins to sign in at the account's own door. A password is asked for by IMAP, Zimbra and Carbonio; Microsoft 365
   * takes none and opens its page in the system browser. The step tells what comes next.
   */
  'signIn.begin': {
    input: z.object({
      address: z.string().min(1).meta({ role: 'address' }),
      tls: tls.optional(),
      caFile: path.optional(),
      password: z.string().nullable(),
      /**
       * The second way in, where the organisation has it: of Microsoft 365 a code for another device, of Zimbra and
       * Carbonio the page of the identity provider in a window apart.
       */
      way: z.enum(signInWays).default('usual'),
      /** The person's word that a host nobody vouches for is right (`account.find`: `judgement`). */
      acceptHost: z.boolean().default(false),
      /** Keep the sign-in in the operating system's keychain, where there is one. */
      keep: z.boolean().default(false),
    }),
    output: reached,
  },
  'signIn.answer': { input: z.object({ signInId, answer: signInAnswerSchema }), output: reached },
  /** The step at hand; a browser's page is waited for by asking again. */
  'signIn.read': { input: z.object({ signInId }), output: reached },
  /**
   * The letter for the IT office that has to let us into Microsoft 365, or into a Zimbra or Carbonio that lets nobody in
   * but browsers, with what is known filled in: Markdown.
   */
  'signIn.itLetter': {
    input: z.object({ address: z.string().min(1), language: z.enum(languages) }),
    output: z.object({ text: z.string() }),
  },
  /** Gives up a sign-in that is under way, or signs out. Whatever was kept of it is gone. */
  'signIn.forget': { input: z.object({ signInId }), output: z.object({}) },
} as const;
