import type { MessageAttributes, SystemFlag } from '../../../../shared/model/message.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import { busyProblem } from '../../imap/server-text.ts';
import { uidSet } from '../../imap/uid-set.ts';
import type { AppendOutcome, OutgoingMessage } from '../mail-target.ts';

/** The attributes without the flags that have to come later. */
export function withoutLateFlags<T extends MessageAttributes>(message: T, late: readonly SystemFlag[]): T {
  return late.some(flag => message.flags.includes(flag))
    ? { ...message, flags: message.flags.filter(flag => !late.includes(flag)) }
    : message;
}

/**
 * Sets the late flags of stored messages: one STORE for all that have the flag. An outcome is passed on only once its
 * flags are set, so that a line lost in between leaves the message open, to be found again and completed.
 */
export async function* setLateFlags(
  connection: ImapConnection,
  messages: readonly OutgoingMessage[],
  late: readonly SystemFlag[],
  outcomes: AsyncIterable<AppendOutcome>,
): AsyncGenerator<AppendOutcome, void, void> {
  const held: (AppendOutcome & { readonly kind: 'stored' })[] = [];
  for await (const outcome of outcomes) {
    const flags = messages[outcome.index]?.flags ?? [];
    const waits = outcome.kind === 'stored' && outcome.key !== null && late.some(flag => flags.includes(flag));
    if (waits) held.push(outcome);
    else yield outcome;
  }
  await storeFlags(
    connection,
    held.map(({ index, key }) => ({ key: key ?? '', flags: messages[index]?.flags ?? [] })),
    late,
  );
  yield* held;
}

/** Adding a flag that is there already changes nothing, so this may be repeated. */
export async function storeFlags(
  connection: ImapConnection,
  messages: readonly { readonly key: string; readonly flags: readonly SystemFlag[] }[],
  late: readonly SystemFlag[],
): Promise<void> {
  for (const flag of late) {
    const uids = messages.filter(({ flags }) => flags.includes(flag)).map(({ key }) => Number(key));
    if (uids.length === 0) continue;
    const set = uidSet(uids.sort((a, b) => a - b));
    const answer = await connection.run(`UID STORE ${set} +FLAGS.SILENT (${flag})`);
    // A plain refusal costs a mark of colour, which the verification names. The message is there, and that counts.
    const busy = answer.status === 'OK' ? null : busyProblem(answer);
    if (busy !== null) throw busy;
  }
}
