import { useState } from 'react';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { HandoverDialog } from '../items/handover-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import type { Restored } from './restore-dialog.tsx';
import { SealDialog } from './seal-dialog.tsx';
import { VerifyDialog } from './verify-dialog.tsx';

const everything: Restored = { folders: [], messages: null, query: null };

/** What can be done with an archive as a whole. */
export function ArchiveActions({ archive, hasItems }: { readonly archive: string; readonly hasItems: boolean }) {
  const { archive: words, items } = useWords();
  const [asked, setAsked] = useState<'export' | 'handover' | 'restore' | 'verify' | 'seal' | null>(null);
  const close = (): void => setAsked(null);
  return (
    <>
      <QuietAction onClick={() => setAsked('export')}>{words.export.whole}</QuietAction>
      {hasItems ? <QuietAction onClick={() => setAsked('handover')}>{items.byHand.action}</QuietAction> : null}
      <QuietAction onClick={() => setAsked('restore')}>{words.restore.action}</QuietAction>
      <QuietAction onClick={() => setAsked('verify')}>{words.verify.action}</QuietAction>
      <QuietAction onClick={() => setAsked('seal')}>{words.seal.action}</QuietAction>
      {asked === 'export' ? (
        <ExportDialog archive={archive} wanted={{}} what={words.export.whole} onClose={close} />
      ) : null}
      {asked === 'handover' ? <HandoverDialog archive={archive} onClose={close} /> : null}
      {asked === 'restore' ? (
        <RestoreDialog archive={archive} restored={everything} what={words.restore.whole} onClose={close} />
      ) : null}
      {asked === 'verify' ? <VerifyDialog archive={archive} onClose={close} /> : null}
      {asked === 'seal' ? <SealDialog archive={archive} onClose={close} /> : null}
    </>
  );
}
