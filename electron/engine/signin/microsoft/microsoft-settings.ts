import type { OrganisationProfile } from '../../../../shared/model/organisation-profile.ts';
import type { TokenResource } from '../sign-in-flow.ts';

/** Where an organisation's Microsoft 365 is, and as which application we ask to be let in. None of it is secret. */
export interface MicrosoftSettings {
  /** The tenant's GUID: a single-tenant registration is found under it alone (AADSTS50194 otherwise). */
  readonly tenant: string;
  readonly clientId: string;
  /** Another identity server that speaks OpenID Connect, for a national cloud or a test. Default: Microsoft's. */
  readonly authority?: string | undefined;
  /** Default: Exchange Online's own. */
  readonly imapHost?: string | undefined;
  readonly imapPort?: number | undefined;
  /** Where Microsoft Graph answers, version included. Default: Microsoft's. */
  readonly graphUrl?: string | undefined;
}

export const microsoftAuthority = 'https://login.microsoftonline.com';
export const microsoftGraph = 'https://graph.microsoft.com/v1.0';
export const exchangeOnline = { host: 'outlook.office365.com', port: 993 } as const;

/** Microsoft answers for one resource at a time (AADSTS28002); one refresh token serves them all. */
export const scopesOf: Readonly<Record<TokenResource, readonly string[]>> = {
  imap: ['https://outlook.office.com/IMAP.AccessAsUser.All'],
  graph: [
    'https://graph.microsoft.com/Contacts.ReadWrite',
    'https://graph.microsoft.com/Calendars.ReadWrite',
    'https://graph.microsoft.com/Tasks.ReadWrite',
  ],
  // Entra refuses a request as a whole when one permission of it was never approved: an organisation that approved
  // the other two before tasks were asked for still gets its contacts and appointments.
  'graph-without-tasks': [
    'https://graph.microsoft.com/Contacts.ReadWrite',
    'https://graph.microsoft.com/Calendars.ReadWrite',
  ],
};

/** Null while nobody has said which tenant and which application: then only the IT office can help. */
export function microsoftSettings(
  profile: OrganisationProfile | null,
  overrides: Partial<MicrosoftSettings> = {},
): MicrosoftSettings | null {
  const named = profile?.target.kind === 'microsoft365' ? profile.target : null;
  const tenant = overrides.tenant ?? named?.tenant;
  const clientId = overrides.clientId ?? named?.clientId;
  return tenant === undefined || clientId === undefined ? null : { ...overrides, tenant, clientId };
}

export function authorityOf({ authority, tenant }: MicrosoftSettings): string {
  return authority ?? `${microsoftAuthority}/${tenant}`;
}
