/** Namespaces of Zimbra's SOAP requests that are used here. */
export type SoapNamespace = 'urn:zimbraAccount' | 'urn:zimbraMail';

/**
 * A signed-in session with a Zimbra or Carbonio server: SOAP over JSON, uploads and REST downloads with the same
 * cookies. An expired session is renewed once, behind the scenes, where the password is still known and no code is
 * asked for; otherwise requests reject with `SIGNIN_EXPIRED` and the job waits for the person.
 *
 * Every method rejects with the T-1xx and T-2xx codes of the line, with `INTERRUPTED`, and with a `SoapFault` that the
 * caller maps to what it means for the thing it was doing.
 */
export interface SoapSession {
  /** `https://host[:port]`, without a slash at the end. */
  readonly origin: string;
  /** The account's name as the server says it. */
  readonly identity: string;
  readonly edition: 'zimbra' | 'carbonio-advanced' | 'carbonio-ce';

  /** Sends `name` (such as `AddMsgRequest`) and answers with what stands in the response element of the same name. */
  request(
    name: `${string}Request`,
    namespace: SoapNamespace,
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>>>;

  /**
   * `POST /service/upload`; answers with the attachment id to name in a request within 15 minutes. Rejects with the
   * fault `mail.UPLOAD_TOO_LARGE` when the server says 413. Where the octets are given as a function they are sent again
   * after a renewed session; else that rejects with `CONNECTION_LOST`, to be tried again at once.
   */
  upload(content: UploadContent, signal: AbortSignal): Promise<string>;

  /**
   * `GET` below the person's own home (`/home/~/…`): `path` is the folder path with `/`, `query` as in the REST
   * interface (`fmt`, `id`, `start`…). Status 204 means empty. The body has no length and may be cut anywhere.
   */
  download(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly body: AsyncIterable<Buffer> }>;

  close(): Promise<void>;
}

export interface UploadContent {
  readonly octets: AsyncIterable<Buffer> | (() => AsyncIterable<Buffer>);
  readonly type: string;
  readonly fileName: string;
  /** Octets, where known: announced, so that a server refuses what is too large before it is sent. */
  readonly size?: number;
}

/** A fault the server answered a request with: its code (`mail.QUOTA_EXCEEDED`) and arguments by name. */
export class SoapFault extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: string, details: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'SoapFault';
    this.code = code;
    this.details = details;
  }
}
