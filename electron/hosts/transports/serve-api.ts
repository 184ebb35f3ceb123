import * as z from 'zod';
import { callSchema, type Outcome, type Reply } from '../../../shared/wire.ts';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';

/** A table of methods, as in `shared/contract.ts` and `shared/host-contract.ts`. */
export type MethodTable = Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

/** Answers one message: with a reply, or with null what is no call at all and so has no id to reply to. */
export type Answer = (message: unknown) => Promise<Reply | null>;

/** Answers a call by name. Never rejects. */
export type Dispatch = (method: string, input: unknown) => Promise<Outcome>;

type Method = (input: unknown) => Promise<unknown>;

type Checked =
  | { readonly ok: true; readonly entry: MethodTable[string]; readonly input: unknown }
  | (Outcome & { readonly ok: false });

/**
 * What every process does with a call before it believes a word of it. The name must be one of the table's own keys,
 * so neither `constructor` nor anything else that an object happens to carry can be called. Input is parsed with
 * unknown keys refused, and comes back with its defaults filled in.
 */
export function callChecker(table: MethodTable): (name: string, input: unknown) => Checked {
  const entries = new Map(
    Object.entries(table).map(([name, entry]) => [name, { entry, input: strict(entry.input) }] as const),
  );
  return (name, input) => {
    const known = entries.get(name);
    if (known === undefined) return refused({ reason: 'method' });
    const parsed = known.input.safeParse(input);
    if (!parsed.success) return refused({ reason: 'input', method: name, at: whereWrong(parsed.error) });
    return { ok: true, entry: known.entry, input: parsed.data };
  };
}

/**
 * Serves `implementation` under the names of `table`, and nothing else of it. Output is parsed too, so that what a
 * screen sees is what the contract says. Everything thrown becomes data; what is no `TravasoError` becomes
 * `INTERNAL` without its text.
 */
export function serveTable<Table extends MethodTable>(
  table: Table,
  implementation: { readonly [Name in keyof Table]: (input: never) => Promise<unknown> },
): Dispatch {
  const check = callChecker(table);
  return async (name, input) => {
    const call = check(name, input);
    if (!call.ok) return call;
    try {
      const method = implementation[name] as unknown as Method;
      return { ok: true, value: call.entry.output.parse(await method.call(implementation, call.input)) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  };
}

/** The wire's side of a dispatch: one call message in, one reply message out. */
export function answerWith(dispatch: Dispatch): Answer {
  return async message => {
    const call = callSchema.safeParse(message);
    if (!call.success) return null;
    return { kind: 'reply', id: call.data.id, ...(await dispatch(call.data.method, call.data.input)) };
  };
}

function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

function refused(details: Problem['details']): Outcome & { readonly ok: false } {
  return { ok: false, problem: { code: 'CALL_INVALID', details } };
}

/** The field at fault, never its value: it may be a password. */
function whereWrong(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join('.') ?? '';
}
