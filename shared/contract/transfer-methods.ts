import * as z from 'zod';
import { itemKinds } from '../model/item.ts';
import { duplicatesChoices } from '../model/upload-plan.ts';
import { accountSchema, folders, path, selection, started } from './schemas.ts';

/** The person agrees that a minimally repaired copy goes up where the target would refuse the message itself. */
const repair = z.boolean().optional();

/** Of messages that the archive has from two mailboxes or files, one is sent, unless the person wants all. */
const duplicates = z.enum(duplicatesChoices).optional();

/** Contacts, appointments and the like of these kinds stay in the archive; none is left out when absent. */
const leaveOutItems = z.array(z.enum(itemKinds)).optional();

/** The person agrees that rules and signatures are added to those that the account has; they stay as they are otherwise. */
const setSettings = z.boolean().optional();

/** The jobs that carry mail, and what the person decides before them. */
export const transferMethods = {
  'backup.start': {
    input: z.object({
      archive: path,
      source: accountSchema,
      format: z.enum(['mbox', 'eml']).nullable(),
      folders,
      /** Kinds of what is no mail that are not taken. Absent: as the last backup into this archive was told. */
      leaveOutItems: z.array(z.enum(itemKinds)).optional(),
    }),
    output: started,
  },
  'upload.start': {
    input: z.object({
      archive: path,
      target: accountSchema,
      folders,
      mapFile: path.nullable(),
      repair,
      duplicates,
      selection,
      leaveOutItems,
      setSettings,
    }),
    output: started,
  },
  /** What an upload would do and everything it expects the target to refuse. Sends nothing. */
  'upload.plan': {
    input: z.object({
      archive: path,
      target: accountSchema,
      folders,
      mapFile: path.nullable(),
      repair,
      duplicates,
      selection,
      leaveOutItems,
      setSettings,
    }),
    output: started,
  },
  /**
   * Checks the archive; with a target, also every message that was uploaded there. Of a selection only what was restored
   * is proved, against what the catalogue holds: one mail that came back is no reason to read through the whole archive.
   */
  'verify.start': {
    input: z.object({ archive: path, target: accountSchema.nullable(), folders, selection, leaveOutItems }),
    output: started,
  },
  /** Remembers which folders the next `backup.start` with no patterns leaves out. Exactly these, not what is below. */
  'folders.leaveOut': {
    input: z.object({ archive: path, folders: z.array(z.array(z.string()).min(1)) }),
    output: z.object({}),
  },
  /** Writes the person's folder map beside the journal, for `upload.plan` and `upload.start`. */
  'map.write': {
    input: z.object({
      archive: path,
      entries: z.array(z.object({ path: z.array(z.string()).min(1), target: z.array(z.string()).min(1) })),
    }),
    output: z.object({ mapFile: path }),
  },
} as const;
