import * as z from 'zod';

/** What an identity server says when it refuses, as data (RFC 6749 sections 4.1.2.1 and 5.2, with Entra's additions). */
export interface OAuthRefusal {
  /** `access_denied`, `invalid_grant`, … */
  readonly error: string;
  /** Entra's finer word, e.g. `consent_required`; empty where there is none. */
  readonly suberror: string;
  /** `AADSTS65004`. Microsoft changes the numbers at will: good for help texts and the help desk, not for decisions. */
  readonly number: string | null;
  /** Under which Microsoft's own log has this attempt, and when (UTC). */
  readonly correlation: string | null;
  readonly at: string | null;
  /** HTTP status; null where the refusal came by way of the browser. */
  readonly status: number | null;
  /** Seconds the server asked to wait (`Retry-After`). */
  readonly retryAfter: number | null;
}

const short = z.string().max(64).catch('');
const bodySchema = z.object({
  error: z.string().max(64),
  error_description: z.string().catch(''),
  error_codes: z.array(z.number()).catch([]),
  suberror: short,
  error_subcode: short,
  correlation_id: z.string().optional().catch(undefined),
  timestamp: z.string().optional().catch(undefined),
});

/**
 * Reads a refusal from a token endpoint's body or from the form that came back by the browser. Of the description,
 * which can hold names, only number, correlation id and time are kept. Null when it refuses nothing.
 */
export function readRefusal(
  said: unknown,
  { status = null, retryAfter = null }: { status?: number | null; retryAfter?: number | null } = {},
): OAuthRefusal | null {
  const body = bodySchema.safeParse(said);
  if (!body.success) return null;
  const { error, error_description: text, error_codes: codes, suberror, error_subcode: subcode } = body.data;
  const number = /AADSTS\d{4,10}/.exec(text)?.[0] ?? (codes[0] === undefined ? null : `AADSTS${codes[0]}`);
  return {
    error,
    suberror: suberror === '' ? subcode : suberror,
    number,
    correlation: uuidIn(body.data.correlation_id ?? /Correlation ID: (\S+)/i.exec(text)?.[1]),
    at: instantIn(body.data.timestamp ?? /Timestamp: ([\d-]+ [\d:]+Z)/i.exec(text)?.[1]),
    status,
    retryAfter,
  };
}

function uuidIn(text: string | undefined): string | null {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(text ?? '')?.[0] ?? null;
}

function instantIn(text: string | undefined): string | null {
  return /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ$/.exec(text ?? '')?.[0] ?? null;
}
