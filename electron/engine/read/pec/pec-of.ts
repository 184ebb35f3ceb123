import type { Pec, PecKind, ReadingProblem } from '../../../../shared/model/message-view.ts';
import { decodeWords, firstValue } from '../../search/mime/header-section.ts';
import type { HeaderSection } from '../../search/mime/header-section.ts';
import { headerDate } from '../read-headers.ts';
import { contentOf, kindOf, leavesOf } from '../opened-part.ts';
import type { OpenedPart } from '../opened-part.ts';
import { people } from '../people.ts';
import { readCertification } from './read-certification.ts';
import type { Certification } from './read-certification.ts';

/** A certified message as its envelope tells it; what belongs to it is for the archive to find. */
export interface OpenedPec {
  readonly pec: Omit<Pec, 'related'>;
  /** Message-ID that the sender's program gave the message: receipts and envelope all name it. */
  readonly reference: string | null;
}

const receiptKinds: Readonly<Record<string, PecKind>> = {
  accettazione: 'acceptance',
  'non-accettazione': 'nonAcceptance',
  'presa-in-carico': 'notice',
  'avvenuta-consegna': 'delivery',
  'errore-consegna': 'nonDelivery',
  'preavviso-errore-consegna': 'notice',
  'rilevazione-virus': 'notice',
};

/**
 * The kind of a certified message by its header (RFC 6109 section 2.2: `X-Ricevuta` of receipts, `X-Trasporto` of
 * envelopes); null when it is none. Anybody can write such a header: nothing is verified here.
 */
export function pecKindOf(header: HeaderSection): PecKind | null {
  const receipt = firstValue(header, 'x-ricevuta').trim().toLowerCase();
  if (receipt !== '') return receiptKinds[receipt] ?? 'other';
  const transport = firstValue(header, 'x-trasporto').trim().toLowerCase();
  if (transport === '') return null;
  if (transport === 'posta-certificata') return 'message';
  return transport === 'errore' ? 'anomaly' : 'other';
}

/** Null when the message is no certified one, nor wraps one. */
export function pecOf(root: OpenedPart, header: HeaderSection, problems: Set<ReadingProblem>): OpenedPec | null {
  const kind = pecKindOf(header);
  if (kind === null) return null;
  const leaves = [...leavesOf(root)];
  const certification = certificationOf(leaves, problems);
  const mails = leaves.filter(({ part }) => kindOf(part) === 'message');
  const inner = mails.find(({ part }) => /^postacert\.eml$/i.test(part.name)) ?? mails[0] ?? null;
  const reference = messageIdIn(firstValue(header, 'x-riferimento-message-id')) ?? certifiedReference(certification);
  return {
    pec: {
      kind,
      provider: certification?.provider ?? '',
      identifier: certification?.identifier ?? '',
      sender: certification?.sender ?? people(header, 'reply-to')[0]?.address ?? '',
      recipients: [...(certification?.recipients ?? [])],
      concerns: certification === null || certification.concerns === '' ? null : certification.concerns,
      subject: certification?.subject ?? decodeWords(firstValue(header, 'subject')),
      date: certification?.date ?? headerDate(header),
      error: errorOf(certification),
      inner: inner?.id ?? null,
    },
    reference,
  };
}

function certificationOf(leaves: readonly OpenedPart[], problems: Set<ReadingProblem>): Certification | null {
  const data = leaves.find(({ part }) => kindOf(part) === 'pec-data');
  if (data === undefined) return null;
  const certification = readCertification(contentOf(data), data.part.charset);
  if (certification === null || certification.damaged) problems.add('part-unreadable');
  return certification;
}

function errorOf(certification: Certification | null): string | null {
  if (certification === null) return null;
  const { error, errorText } = certification;
  if (errorText !== '') return errorText;
  return error === '' || error === 'nessuno' ? null : error;
}

export function messageIdIn(value: string): string | null {
  return /<[^<>\s]{1,500}>/.exec(value)?.[0] ?? null;
}

/** Some providers leave the angle brackets away. */
function certifiedReference(certification: Certification | null): string | null {
  const id = certification?.messageId ?? '';
  return messageIdIn(id) ?? (/^[^<>\s]{1,500}$/.test(id) ? `<${id}>` : null);
}
