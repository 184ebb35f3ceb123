import type { ForeseenRefusal, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { headerFields } from '../message/header-fields.ts';
import type { TargetLimits } from '../targets/mail-target.ts';
import type { Duplicates } from './duplicates.ts';
import { foreseeRefusal } from './foresee-refusal.ts';
import type { PlannedFolder, PlanOptions } from './plan-upload.ts';
import { prepareMessage } from './prepare-message.ts';

export interface PlannedMessages {
  readonly refusals: ForeseenRefusal[];
  readonly repaired: UploadPlan['repaired'];
  /** What is left to send; `certainOctets` of it cannot be there already. */
  readonly left: { readonly messages: number; readonly octets: number; readonly certainOctets: number };
}

/** What is left to send, which of it will be refused, and which goes as a repaired copy. */
export async function planMessages(
  folders: readonly PlannedFolder[],
  limits: TargetLimits,
  duplicates: Duplicates,
  { carried, ledger, reader, signal, repair = false }: PlanOptions,
): Promise<PlannedMessages> {
  const refusals: ForeseenRefusal[] = [];
  const repaired: UploadPlan['repaired'] = [];
  const left = { messages: 0, octets: 0, certainOctets: 0 };
  for (const { folder, name, generation, mayHoldOurs, vanished } of folders) {
    for (const message of carried.messagesOf(folder.id)) {
      signal.throwIfAborted();
      const row = ledger.find(folder.id, message.number);
      const isThere = row?.targetFolder === name && row.generation === generation && !vanished.has(message.number);
      if (isThere && (row.state === 'stored' || row.state === 'present')) continue;
      if (duplicates.has(folder.id, message.number)) continue;
      const foreseen = foreseeRefusal(message, limits);
      // Only these few are read: whether one can be repaired, only its octets tell.
      const prepared =
        foreseen === null ? null : await prepareMessage(message, { reader, folder, limits, repair: true });
      if (prepared === null || (prepared.kind === 'ready' && repair)) {
        left.messages += 1;
        left.octets += message.size;
        if (!mayHoldOurs) left.certainOctets += message.size;
      }
      if (foreseen === null || prepared === null) continue;
      const { subject } = await headerFields(await reader.header(folder, message));
      const named = { folder: [...folder.path], number: message.number, subject };
      if (prepared.kind === 'refused') {
        const { code, details } = prepared.problem;
        const remedy = details['reason'] === 'signed' ? 'signed' : 'archive';
        refusals.push({ ...named, octets: message.size, problem: { code, details: { ...details } }, remedy });
      } else if (prepared.repaired !== null && repair) {
        const { code, details } = prepared.repaired;
        repaired.push({ ...named, problem: { code, details: { ...details } } });
      } else {
        const { code, details } = foreseen;
        refusals.push({ ...named, octets: message.size, problem: { code, details: { ...details } }, remedy: 'repair' });
      }
    }
  }
  return { refusals, repaired, left };
}
