import * as z from 'zod';
import { itemKinds } from '../../shared/model/item.ts';
import { duplicatesChoices } from '../../shared/model/upload-plan.ts';
import { recognisedMailSchema } from '../../shared/model/recognised-mail.ts';

export const wizardSteps = [
  'welcome',
  'source',
  'choose',
  'backup',
  'verify',
  'target',
  'map',
  'upload',
  'report',
] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** Where the mail comes from: the old mailbox itself, or a backup the person has. */
export const ways = ['mailbox', 'file'] as const;
export type Way = (typeof ways)[number];

const path = z.array(z.string()).min(1);

/** A mailbox as the person described it. Never a password, nor the id of one. */
const mailboxSchema = z.object({
  mail: z.string(),
  /** Typed by the person where none was found. */
  server: z.string(),
  /** Set once signing in has succeeded: as `accountSchema.address` and `.tls`. */
  account: z
    .object({ address: z.string().min(1), tls: z.enum(['implicit', 'starttls', 'none-on-loopback']) })
    .nullable(),
  /** It was entered by the organisation's own page: no password is typed for it. */
  byPage: z.boolean().exactOptional(),
});

/** Mail in a file or folder that the person chose and Travaso recognised. */
const fileSourceSchema = recognisedMailSchema.omit({ problem: true }).extend({
  /** What was picked or dropped. */
  path: z.string().min(1),
  /** One of the things found there. */
  address: z.string().min(1),
});

/** Where the person stands: everything chosen and typed, so that it can be left and taken up at any step. */
export const wizardStateSchema = z.object({
  step: z.enum(wizardSteps),
  /** Absent in what was kept before there was more than one. */
  way: z.enum(ways).default('mailbox'),
  source: mailboxSchema,
  file: fileSourceSchema.nullable().default(null),
  archive: z.string().nullable(),
  format: z.enum(['mbox', 'eml']),
  /** Folders the person does not want, each by itself: its subfolders are listed when they are left out too. */
  leftOut: z.array(path),
  /** Contacts, appointments and the like that the person does not want. Absent in what was kept before they could be. */
  leftOutItems: z.array(z.enum(itemKinds)).default([]),
  /** Folders of other people that are to be saved, too, by name. Absent in what was kept before they could be. */
  sharedFolders: z.array(z.string()).default([]),
  target: mailboxSchema,
  /** Folders that go somewhere else than the plan says. */
  map: z.array(z.object({ path, target: path })),
  /** Consent to corrected copies of what the new mailbox would refuse. */
  repair: z.boolean().default(false),
  /** Consent to rules and signatures being added to those that the new mailbox has. */
  setSettings: z.boolean().default(false),
  /** Contacts, appointments and the like that stay in the archive, and are not looked for in the new mailbox. */
  stayingItems: z.array(z.enum(itemKinds)).default([]),
  /** Of messages that the archive has by two ways, one is sent, or all. */
  duplicates: z.enum(duplicatesChoices).default('one'),
  /** The latest job of each kind of work. */
  jobs: z.object({
    backup: z.uuid().nullable(),
    verify: z.uuid().nullable(),
    plan: z.uuid().nullable(),
    upload: z.uuid().nullable(),
    check: z.uuid().nullable(),
  }),
});
export type WizardState = z.infer<typeof wizardStateSchema>;
export type WizardMailbox = z.infer<typeof mailboxSchema>;
export type WizardFile = z.infer<typeof fileSourceSchema>;

export const newWizard: WizardState = {
  step: 'welcome',
  way: 'mailbox',
  source: { mail: '', server: '', account: null },
  file: null,
  archive: null,
  format: 'mbox',
  leftOut: [],
  leftOutItems: [],
  sharedFolders: [],
  target: { mail: '', server: '', account: null },
  map: [],
  repair: false,
  setSettings: false,
  stayingItems: [],
  duplicates: 'one',
  jobs: { backup: null, verify: null, plan: null, upload: null, check: null },
};

/** A backup is chosen, looked into and given its place on one screen. */
const fileSteps: readonly WizardStep[] = wizardSteps.filter(step => step !== 'choose');

export function stepsOf(way: Way): readonly WizardStep[] {
  return way === 'file' ? fileSteps : wizardSteps;
}

export function stepNumber(step: WizardStep, way: Way): number {
  return stepsOf(way).indexOf(way === 'file' && step === 'choose' ? 'source' : step) + 1;
}
