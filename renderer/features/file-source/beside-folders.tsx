import type { Problem } from '../../../shared/errors.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';
import { explain } from '../../../shared/words/explain.ts';
import { isNote } from '../../is-note.ts';
import { useLanguage, useWords } from '../../services.ts';
import type { Words } from '../../words/words.ts';
import { Icon } from '../../ui/icon.tsx';

const most = 20;

/** What a backup holds beside mail, what of it cannot be read, and what had to be assumed. */
export function BesideFolders({ survey: { folders, items, remarks } }: { readonly survey: Survey }) {
  const words = useWords();
  const notes = remarks.filter(isNote);
  const unreadable = remarks.filter(problem => !isNote(problem));
  const counted = items.filter(({ items: count }) => count !== 0);
  const told = counted.map(item => describeItems(item, words)).join(', ');
  return (
    <>
      {counted.length === 0 ? null : (
        <p className="t-ok">
          <Icon name="it-check-circle" />
          {folders.length === 0 ? words.file.saved(told) : words.file.alsoSaved(told)}
        </p>
      )}
      {unreadable.length === 0 ? null : (
        <section aria-labelledby="unreadable-title">
          <h2 className="t-h2" id="unreadable-title">
            {words.file.unreadableTitle}
          </h2>
          <p>{words.file.unreadable}</p>
          <Remarks remarks={unreadable} />
        </section>
      )}
      {notes.length === 0 ? null : (
        <section aria-labelledby="notes-title">
          <h2 className="t-h2" id="notes-title">
            {words.file.notesTitle}
          </h2>
          <Remarks remarks={notes} />
        </section>
      )}
    </>
  );
}

function Remarks({ remarks }: { readonly remarks: readonly Problem[] }) {
  const words = useWords();
  const language = useLanguage();
  // The same sentence about the same file helps nobody twice.
  const said = [...new Set(remarks.map(problem => explain(problem, language).happened))];
  return (
    <>
      <ul className="t-plain-list">
        {said.slice(0, most).map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {said.length <= most ? null : <p>{words.file.moreRemarks(said.length - most)}</p>}
    </>
  );
}

function describeItems({ kind, items }: Survey['items'][number], { file }: Words): string {
  return items === null ? file.itemsUncounted[kind] : file.items[kind](items);
}
