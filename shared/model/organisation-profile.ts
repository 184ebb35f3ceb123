import * as z from 'zod';

/**
 * What an organisation tells its people about their move: where the mailboxes are, which limits and dates hold, who
 * writes to them officially and whom they can ask. A JSON file, signed with Ed25519, so that nobody else can tell
 * them "the new server is this one". Version 1; `guides/profiles` holds two examples.
 */
export const profileVersion = 1;

const hostName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'a host name in lower case');
const port = z.int().min(1).max(65_535);
const httpsUrl = z.url({ protocol: /^https$/ });
const day = z.iso.date();
const domain = hostName;
/** Both languages, so that no screen is left half translated. */
const text = z.strictObject({ it: z.string().min(1), en: z.string().min(1) });

const imapServer = z.strictObject({
  kind: z.literal('imap'),
  host: hostName,
  port: port.optional(),
  tls: z.enum(['implicit', 'starttls']).default('implicit'),
});
const zimbraServer = z.strictObject({
  kind: z.literal('zimbra'),
  host: hostName,
  port: port.optional(),
  /** Where its IMAP answers, when not on the same host. */
  imapHost: hostName.optional(),
  /** Its port, when not a usual one: TLS from the first octet, except for 143. */
  imapPort: port.optional(),
});
const carbonioServer = z.strictObject({ kind: z.literal('carbonio'), host: hostName, port: port.optional() });
const microsoftService = z.strictObject({
  kind: z.literal('microsoft365'),
  /** The tenant's GUID: a single-tenant registration is found under it alone. */
  tenant: z.guid(),
  /** The application's registration in that tenant. Neither is secret. */
  clientId: z.guid(),
});

export const organisationProfileSchema = z.strictObject({
  format: z.literal('travaso-profile'),
  version: z.literal(profileVersion),
  /** Stays the same from one issue of the profile to the next. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: text,
  issued: z.iso.datetime(),
  /** After this the profile is no longer believed; null for one that stays good. */
  expires: z.iso.datetime().nullable(),
  /** Mail domains of the people it is for. */
  domains: z.array(domain).min(1),
  source: z.discriminatedUnion('kind', [imapServer, zimbraServer]),
  target: z.discriminatedUnion('kind', [imapServer, carbonioServer, microsoftService]),
  /** Further hosts that may be given a password: identity pages, a second node. */
  furtherHosts: z.array(hostName).default([]),
  limits: z
    .strictObject({
      /** Octets. */
      mailbox: z.int().positive().nullable().default(null),
      message: z.int().positive().nullable().default(null),
    })
    .default({ mailbox: null, message: null }),
  /** Days at the organisation's own place. */
  dates: z
    .strictObject({
      /** During the freeze settings cannot be changed, while mail still flows. */
      freezeFrom: day.nullable().default(null),
      freezeUntil: day.nullable().default(null),
      cutOver: day.nullable().default(null),
      /** The last day on which the old mailbox can be read. */
      accessEnds: day.nullable().default(null),
    })
    .default({ freezeFrom: null, freezeUntil: null, cutOver: null, accessEnds: null }),
  /** The only address that official instructions come from. */
  officialSender: z.email().nullable().default(null),
  manuals: z.array(z.strictObject({ title: text, url: httpsUrl })).default([]),
  helpDesk: z
    .strictObject({
      phone: z.string().nullable().default(null),
      mail: z.email().nullable().default(null),
      url: httpsUrl.nullable().default(null),
      hours: text.nullable().default(null),
    })
    .default({ phone: null, mail: null, url: null, hours: null }),
  /** A few sentences of the organisation's own, shown on the welcome screen and before the upload. */
  texts: z
    .strictObject({ welcome: text.nullable().default(null), beforeUpload: text.nullable().default(null) })
    .default({ welcome: null, beforeUpload: null }),
});
export type OrganisationProfile = z.output<typeof organisationProfileSchema>;

/** The file: the profile as it reads, and who vouches for it. */
export const signedProfileSchema = z.strictObject({
  profile: z.record(z.string(), z.json()),
  signature: z.strictObject({
    algorithm: z.literal('Ed25519'),
    /** Raw key, 32 octets, base64. */
    publicKey: z.base64(),
    /** Over the canonical JSON (RFC 8785) of `profile`, 64 octets, base64. */
    value: z.base64(),
  }),
});
export type SignedProfile = z.infer<typeof signedProfileSchema>;
