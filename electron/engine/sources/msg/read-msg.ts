import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../shared/errors.ts';
import type { MessageAttributes, SystemFlag } from '../../../../shared/model/message.ts';
import { collectFaults } from '../pst/damage.ts';
import { tag } from '../pst/ltp/property-ids.ts';
import { keywordOf, kindOfClass } from '../pst/messaging/message.ts';
import { writeEntity } from '../pst/mime/entity.ts';
import { OctetBuilder } from '../pst/mime/octet-builder.ts';
import { emptyDraft } from '../pst/mime/synthesis-record.ts';
import type { Synthesis } from '../mail-source.ts';
import { headOf } from '../files/file-tree.ts';
import type { TreeFile } from '../files/file-tree.ts';
import { compoundHeaderOctets, directoryStart, openCompoundFile } from './compound-file.ts';
import { msgEntity } from './msg-entity.ts';
import { publicStringId, readMsgProperties } from './msg-properties.ts';
import type { MsgProperties } from './msg-properties.ts';

export interface MsgMessage {
  readonly octets: Buffer;
  readonly attributes: MessageAttributes;
  readonly synthesis: Synthesis;
}

/** The file is held in memory: mail servers take nothing near this. */
const largestFile = 256 * 1024 * 1024;

/** Whether a file is a message in Outlook's own format, by what is in it: other compound files are Word's, Excel's, … */
export async function isMsgFile(file: TreeFile): Promise<boolean> {
  const at = directoryStartOf(await headOf(file, compoundHeaderOctets));
  if (at === null || at >= file.size) return false;
  const opened = await file.open();
  try {
    const names = (await opened.read(at, 4096)).toString('utf16le');
    return /__(?:properties_version1\.0|nameid_version1\.0|substg1\.0_|recip_version1\.0|attach_version1\.0)/i.test(
      names,
    );
  } finally {
    await opened.close();
  }
}

function directoryStartOf(head: Buffer): number | null {
  try {
    return directoryStart(head);
  } catch (error) {
    if (error instanceof TravasoError) return null;
    throw error;
  }
}

/**
 * A message of Outlook's `.msg` format ([MS-OXMSG]), put together from its properties: always the same octets for the
 * same file. Throws `SOURCE_FILE_DAMAGED`, with reason `outlook-item` for what is no mail (a contact, an appointment).
 */
export async function readMsg(file: TreeFile): Promise<MsgMessage> {
  if (file.size > largestFile) throw new TravasoError('SOURCE_FILE_DAMAGED', { reason: 'too-large' });
  const whole = await headOf(file, file.size);
  const top = openCompoundFile(whole);
  const properties = readMsgProperties(top, 'message');
  const messageClass = properties.text(tag.messageClass) ?? 'IPM.Note';
  if (kindOfClass(messageClass) !== 'mail') throw new TravasoError('SOURCE_FILE_DAMAGED', { reason: 'outlook-item' });
  const categoriesId = publicStringId(top, 'Keywords');
  const draft = emptyDraft();
  const faults = collectFaults();
  const seed = createHash('sha256').update(whole).digest('hex');
  const surroundings = { seed, categoriesId, depth: 0, faults, budget: { parts: 20_000 } };
  const pieces: Buffer[] = [];
  let length = 0;
  const take = (piece: Buffer): void => {
    length += piece.length;
    // Encoding makes three octets of one at worst.
    if (length > 64 * 1024 * 1024 + 4 * whole.length)
      throw new TravasoError('SOURCE_FILE_DAMAGED', { reason: 'too-large' });
    pieces.push(piece);
  };
  const out = new OctetBuilder();
  for (const piece of writeEntity(msgEntity(properties, surroundings, draft), out)) take(piece);
  take(out.finish());
  return {
    octets: Buffer.concat(pieces),
    attributes: attributesOf(properties, categoriesId),
    synthesis: { ...structuredClone(draft), messageClass, faults: faults.reasons, format: 'outlook-msg', sha256: seed },
  };
}

const messageFlags = { read: 0x1, unsent: 0x8 };
/** [MS-OXOMSG] 2.2.1.38 PidTagLastVerbExecuted, 2.2.1.39 PidTagIconIndex; [MS-OXOFLAG] 2.2.1.1 PidTagFlagStatus. */
const verbs = { reply: 102, replyAll: 103, forward: 104 };
const icons = { replied: 0x105, forwarded: 0x106 };
const flagged = 2;

function attributesOf(properties: MsgProperties, categoriesId: number): MessageAttributes {
  const state = properties.number(tag.messageFlags) ?? 0;
  const verb = properties.number(tag.lastVerbExecuted);
  const icon = properties.number(tag.iconIndex);
  const flags: SystemFlag[] = [];
  if ((state & messageFlags.read) !== 0) flags.push('\\Seen');
  if (verb === verbs.reply || verb === verbs.replyAll || icon === icons.replied) flags.push('\\Answered');
  if (properties.number(tag.flagStatus) === flagged) flags.push('\\Flagged');
  if ((state & messageFlags.unsent) !== 0) flags.push('\\Draft');
  const keywords = new Set(properties.texts(categoriesId).map(keywordOf));
  if (verb === verbs.forward || icon === icons.forwarded) keywords.add('$Forwarded');
  keywords.delete('');
  const received = properties.time(tag.messageDeliveryTime) ?? properties.time(tag.clientSubmitTime);
  const internalDate = received === null ? null : `${new Date(received).toISOString().slice(0, 19)}+00:00`;
  return { internalDate, flags, keywords: [...keywords].sort() };
}
