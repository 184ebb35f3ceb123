import type { ItemKind } from '../../model/item.ts';
import type { FolderRole } from '../../model/folder.ts';
import type { Outcome } from '../../model/report-outcome.ts';
import type { DifferenceCode, MigrationReport, ReportException, ReportRun } from '../../model/report.ts';

/** The four columns of counts that every reader meets first, and the rest of them. */
export type CountName =
  'found' | 'stored' | 'alreadyPresent' | 'uploaded' | 'verified' | 'setAside' | 'missing' | 'bytes';

/** Figures of the opening sentence, formatted. */
export interface OutcomeFigures {
  readonly found: string;
  readonly stored: string;
  readonly verified: string;
  readonly toTarget: boolean;
}

/** The same while the work goes on: null for a phase that has not run. */
export interface FiguresSoFar {
  readonly found: string | null;
  readonly stored: string | null;
  readonly verified: string | null;
  readonly toTarget: boolean;
}

/** Everything the report says beside the problems' own sentences. One table a language; plain text, no markup. */
export interface ReportWords {
  readonly title: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly outcomeSentence: {
    readonly complete: (figures: OutcomeFigures) => string;
    readonly partial: (figures: OutcomeFigures) => string;
    readonly incomplete: (figures: FiguresSoFar) => string;
  };
  /** What a complete report has left out at the person's wish. */
  leftOut(folders: string, count: number): string;
  /** `kinds`: with their counts, where those are known. */
  leftOutItems(kinds: string): string;
  readonly untouched: string;
  readonly notRun: string;

  readonly facts: {
    readonly heading: string;
    readonly source: string;
    readonly target: string;
    readonly noTarget: string;
    readonly archive: string;
    readonly mailFormat: Readonly<Record<MigrationReport['archive']['mailFormat'], string>>;
    readonly created: string;
    readonly product: string;
    zone(timeZone: string): string;
  };

  readonly summary: {
    readonly heading: string;
    readonly caption: string;
    readonly columns: { readonly count: string; readonly figure: string; readonly meaning: string };
    readonly counts: Readonly<Record<CountName, { readonly label: string; readonly meaning: string }>>;
    /** `verified` means the archive's own octets when nothing was uploaded. */
    readonly verifiedInArchive: string;
    /** In place of the usual meaning of `stored`, where messages were put together from parts. */
    readonly storedWithSynthesised: string;
  };

  readonly folders: {
    readonly heading: string;
    readonly caption: string;
    readonly folder: string;
    readonly total: string;
    readonly roles: Readonly<Record<FolderRole, string>>;
    readonly notChosen: string;
    readonly unexplained: string;
    messages(count: string, isOne: boolean): string;
    /** One and many; a code that is missing here is said with its own first sentence. */
    readonly differences: Readonly<Partial<Record<DifferenceCode, readonly [one: string, many: string]>>>;
  };

  readonly exceptions: {
    readonly heading: string;
    readonly none: string;
    readonly notes: string;
    readonly safe: string;
    readonly now: string;
    readonly desk: string;
    readonly caption: string;
    readonly phase: Readonly<Record<ReportException['phase'], string>>;
    readonly columns: {
      readonly message: string;
      readonly from: string;
      readonly date: string;
      readonly file: string;
    };
    readonly noSubject: string;
    readonly unknown: string;
    readonly notSaved: string;
    readonly fingerprint: string;
    readonly archiveId: string;
  };

  readonly changes: {
    readonly renamedHeading: string;
    readonly renamedCaption: string;
    readonly trueName: string;
    readonly newName: string;
    readonly why: string;
    readonly reasons: Readonly<Record<MigrationReport['renamedFolders'][number]['reason'], string>>;
    readonly keywordsHeading: string;
    readonly keywordsCaption: string;
    readonly keyword: string;
    readonly messages: string;
  };

  readonly items: {
    readonly heading: string;
    readonly caption: string;
    readonly columns: Readonly<Record<'kind' | 'found' | 'stored' | 'setAside', string>>;
    /** What became of them at the new mailbox: a table of its own. */
    readonly carried: {
      readonly caption: string;
      readonly columns: Readonly<
        Record<'uploaded' | 'alreadyPresent' | 'verified' | 'setAside' | 'differs' | 'missing' | 'byHand', string>
      >;
    };
    /** The outcome where there is no mail, and the sentences on items beside it. `kinds`: with their counts. */
    readonly outcome: Readonly<Record<Outcome, string>> & {
      proved(kinds: string, toTarget: boolean): string;
      byHand(kinds: string): string;
      /** No upload came to them, or the person left them out of it. */
      archived(kinds: string): string;
    };
    /** Above the items that one explanation is about. */
    readonly concerned: string;
    readonly kinds: Readonly<Record<ItemKind, string>>;
    synthesised(count: string, isOne: boolean): string;
  };

  readonly proof: {
    readonly heading: string;
    readonly notYet: string;
    byOctets(count: string, isOne: boolean, inTarget: boolean): string;
    /** In place of `byOctets` where some of the archive's messages were put together from what Outlook keeps. */
    byOctetsOfArchive(count: string, isOne: boolean, inTarget: boolean): string;
    putTogether(count: string, isOne: boolean): string;
    byParts(count: string, isOne: boolean): string;
    finished(when: string): string;
    /** Of the archive by itself, after the rest. */
    /** `messages`: null where there is no mail. */
    archiveSound(when: string, messages: string | null, isOne: boolean): string;
    archiveUnsound(when: string): string;
    readonly againHeading: string;
    readonly againIntroduction: string;
    readonly sealMissing: string;
    readonly steps: {
      readonly travaso: string;
      readonly bagit: string;
      readonly everyFile: string;
      readonly manifestItself: string;
      readonly onWindows: string;
    };
    readonly seal: string;
  };

  readonly runs: {
    readonly heading: string;
    readonly caption: string;
    readonly kind: string;
    readonly started: string;
    readonly finished: string;
    readonly status: string;
    readonly messages: string;
    readonly bytes: string;
    readonly seconds: string;
    readonly kinds: Readonly<Record<ReportRun['kind'], string>>;
    /** The same, of a restore. */
    readonly restores: Readonly<Record<'upload' | 'verify', string>>;
    readonly restored: (messages: string) => string;
    readonly under: (folder: string) => string;
    readonly query: (query: string) => string;
    readonly setAside: (messages: string) => string;
    readonly statuses: Readonly<Record<ReportRun['status'], string>>;
    readonly notFinished: string;
  };

  readonly footer: string;
}
