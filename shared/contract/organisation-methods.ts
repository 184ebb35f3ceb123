import * as z from 'zod';
import { problemSchema } from '../model/job.ts';
import { organisationProfileSchema } from '../model/organisation-profile.ts';
import { path } from './schemas.ts';

/** From a file, or from a link as it was dictated at the desk. */
const from = z.union([z.object({ file: path }), z.object({ link: z.string().min(1).max(2000) })]);

/** The organisation's profile: what it says, and who vouches for it. */
export const organisationMethods = {
  'organisation.read': {
    input: z.object({}),
    output: z.object({
      profile: organisationProfileSchema.nullable(),
      /** Of the key it is signed with. */
      fingerprint: z.string().nullable(),
      /** Why the installed profile no longer counts. */
      problem: problemSchema.nullable(),
      /** ORGANISATION_FREEZE while settings are frozen; nothing is blocked by it. */
      freeze: problemSchema.nullable(),
    }),
  },
  /** Reads a profile and checks its signature; installs nothing. `key` compares it with the installed one's. */
  'organisation.inspect': {
    input: z.object({ from }),
    output: z.object({
      profile: organisationProfileSchema,
      fingerprint: z.string(),
      key: z.enum(['first', 'same', 'other']),
    }),
  },
  /** Goes by it from now on. The fingerprint is the one the person was shown and agreed to. */
  'organisation.install': { input: z.object({ from, fingerprint: z.string() }), output: z.object({}) },
  'organisation.remove': { input: z.object({}), output: z.object({}) },
} as const;
