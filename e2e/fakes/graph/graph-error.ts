/** An answer as Graph gives it: a status and `{"error": {"code", "message", "innerError"}}`. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  body(): unknown {
    const { code, message } = this;
    return {
      error: {
        code,
        message,
        innerError: { date: '2026-11-30T08:00:00', 'request-id': '00000000-0000-4000-8000-000000000000' },
      },
    };
  }
}
