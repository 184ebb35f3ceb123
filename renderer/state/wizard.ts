import * as z from 'zod';

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
});

/** Where the person stands: everything chosen and typed, so that it can be left and taken up at any step. */
export const wizardStateSchema = z.object({
  step: z.enum(wizardSteps),
  source: mailboxSchema,
  archive: z.string().nullable(),
  format: z.enum(['mbox', 'eml']),
  /** Folders the person does not want, each by itself: its subfolders are listed when they are left out too. */
  leftOut: z.array(path),
  target: mailboxSchema,
  /** Folders that go somewhere else than the plan says. */
  map: z.array(z.object({ path, target: path })),
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

export const newWizard: WizardState = {
  step: 'welcome',
  source: { mail: '', server: '', account: null },
  archive: null,
  format: 'mbox',
  leftOut: [],
  target: { mail: '', server: '', account: null },
  map: [],
  jobs: { backup: null, verify: null, plan: null, upload: null, check: null },
};

export function stepNumber(step: WizardStep): number {
  return wizardSteps.indexOf(step) + 1;
}
