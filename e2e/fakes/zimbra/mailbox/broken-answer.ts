/** An answer that does not come as the protocol has it: the line drops (null), or a page of HTML with this status. */
export class BrokenAnswer extends Error {
  readonly status: number | null;

  constructor(status: number | null = null) {
    super(status === null ? 'line dropped' : `status ${status}`);
    this.status = status;
  }
}
