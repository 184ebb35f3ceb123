import * as z from 'zod';
import { events, methods } from './contract.ts';
import type { Input, MethodName, Output } from './contract.ts';
import { hostMethods } from './host-contract.ts';
import type { HostInput, HostMethodName, HostOutput } from './host-contract.ts';
import { problemSchema } from './model/job.ts';
import type { JobSnapshot } from './model/job.ts';
import { TravasoError } from './errors.ts';
import type { Problem } from './errors.ts';

/**
 * The three messages that cross between a screen and the engine, whatever carries them: worker messages, loopback
 * HTTP or nothing at all. Failures cross as data in the reply, because Electron and HTTP alike would keep only an
 * error's message (electron/electron#24427).
 */
export const callSchema = z.strictObject({
  kind: z.literal('call'),
  /** Chosen by the caller, unique among its calls that have no reply yet. */
  id: z.int().min(0),
  method: z.string().max(100),
  input: z.unknown().optional(),
});
export type Call = z.infer<typeof callSchema>;

export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ kind: z.literal('reply'), id: z.int().min(0), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ kind: z.literal('reply'), id: z.int().min(0), ok: z.literal(false), problem: problemSchema }),
]);

/** What a call came to: a reply without its envelope. */
export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };
export type Reply = { readonly kind: 'reply'; readonly id: number } & Outcome;

/** A message as a reply, or null when it is none. */
export function parseReply(message: unknown): Reply | null {
  const reply = replySchema.safeParse(message);
  return reply.success ? reply.data : null;
}

/** A reply without its envelope. */
export function outcomeOf(reply: Reply): Outcome {
  return reply.ok ? { ok: true, value: reply.value } : { ok: false, problem: reply.problem };
}

export type EventName = keyof typeof events;

export const eventSchema = z.strictObject({
  kind: z.literal('event'),
  name: z.enum(Object.keys(events) as [EventName, ...EventName[]]),
  payload: z.unknown(),
});
export interface WireEvent {
  readonly kind: 'event';
  readonly name: EventName;
  readonly payload: unknown;
}

/**
 * What every transport gives its client; `window.travaso` has exactly this shape. `call` never rejects. `subscribe`
 * delivers the current snapshot of every live job first, then changes (at most five a second for each job, the last
 * one always), and again the current ones after a lost line came back. It returns the way to stop.
 */
export interface Wire {
  call(method: string, input: unknown): Promise<Outcome>;
  subscribe(listener: (event: WireEvent) => void): () => void;
}

/** A typed client over any transport. Methods reject with a `TravasoError` only. */
export interface Client {
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  host<M extends HostMethodName>(method: M, input: HostInput<M>): Promise<HostOutput<M>>;
  /** See {@link Wire.subscribe}; payloads that do not fit their schema are dropped. */
  onJobChanged(listener: (snapshot: JobSnapshot) => void): () => void;
}

export function createClient(wire: Wire): Client {
  return {
    call: async (method, input) => methods[method].output.parse(await settled(wire, method, input)) as never,
    host: async (method, input) => hostMethods[method].output.parse(await settled(wire, method, input)) as never,
    onJobChanged: listener =>
      wire.subscribe(event => {
        const snapshot = events[event.name].safeParse(event.payload);
        if (snapshot.success) listener(snapshot.data);
      }),
  };
}

async function settled(wire: Wire, method: string, input: unknown): Promise<unknown> {
  const outcome = await wire.call(method, input);
  if (outcome.ok) return outcome.value;
  throw new TravasoError(
    outcome.problem.code,
    outcome.problem.details,
    outcome.problem.retryAfterMs === undefined ? {} : { retryAfterMs: outcome.problem.retryAfterMs },
  );
}
