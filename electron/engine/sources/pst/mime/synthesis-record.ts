import type { FaultReason, Faults } from '../damage.ts';

/** What a synthesised message was made from: kept beside it, because its octets never existed before. */
export interface SynthesisRecord {
  readonly nodeId: number;
  readonly messageClass: string;
  /** `transport`: as it came over the wire; `mapi`: put together from properties. */
  readonly header: 'transport' | 'mapi';
  /** Fields added to a stored header that lacked them, in lower case. */
  readonly headerAdded: readonly string[];
  /** Stored fields left out because they describe a body that is put together anew, in lower case. */
  readonly headerReplaced: readonly string[];
  readonly plain: 'stored' | 'rtf' | null;
  readonly html: 'stored' | 'rtf' | null;
  /** The signed or encrypted MIME entity was taken over octet for octet. */
  readonly smime: boolean;
  readonly attachments: number;
  readonly embeddedMessages: number;
  /** Names of attachments whose content the file does not hold, or only by reference. */
  readonly attachmentsWithoutContent: readonly string[];
  /** Addresses that exist in the file as directory names only. */
  readonly addressesWithoutSmtp: number;
  readonly categories: readonly string[];
  /** What could not be read, or not with certainty. Complete once all octets were taken. */
  readonly faults: readonly FaultReason[];
}

export interface RecordDraft {
  headerAdded: string[];
  headerReplaced: readonly string[];
  header: SynthesisRecord['header'];
  plain: SynthesisRecord['plain'];
  html: SynthesisRecord['html'];
  smime: boolean;
  attachments: number;
  embeddedMessages: number;
  attachmentsWithoutContent: string[];
  addressesWithoutSmtp: number;
  categories: readonly string[];
}

export function emptyDraft(): RecordDraft {
  return {
    header: 'mapi',
    headerAdded: [],
    headerReplaced: [],
    plain: null,
    html: null,
    smime: false,
    attachments: 0,
    embeddedMessages: 0,
    attachmentsWithoutContent: [],
    addressesWithoutSmtp: 0,
    categories: [],
  };
}

export function finishRecord(
  draft: RecordDraft,
  nodeId: number,
  messageClass: string,
  faults: Faults,
): SynthesisRecord {
  return {
    ...draft,
    headerAdded: [...draft.headerAdded],
    attachmentsWithoutContent: [...draft.attachmentsWithoutContent],
    nodeId,
    messageClass,
    faults: faults.reasons,
  };
}
