import { useState } from 'react';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';

/** What is out of the ordinary about an archive, said once. */
export function ArchiveFacts({ view }: { readonly view: ArchiveView }) {
  const words = useWords().archive.facts;
  const [isUnderstood, setUnderstood] = useState(false);
  const facts = [
    view.inUse ? words.inUse : null,
    view.readOnly ? words.readOnly : null,
    view.catalogue === 'rebuilt' ? words.rebuilt : null,
    view.catalogue === 'rebuilt-elsewhere' ? words.rebuiltElsewhere : null,
  ].filter(fact => fact !== null);
  if (facts.length === 0 || isUnderstood) return null;
  return (
    <Notice kind="info">
      {facts.map(fact => (
        <p key={fact}>{fact}</p>
      ))}
      <QuietAction onClick={() => setUnderstood(true)}>{words.understood}</QuietAction>
    </Notice>
  );
}
