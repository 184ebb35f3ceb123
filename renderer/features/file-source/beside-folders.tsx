import type { Problem } from '../../../shared/errors.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';
import { explain } from '../../../shared/words/explain.ts';
import { isNote } from '../../is-note.ts';
import { useLanguage, useWords } from '../../services.ts';

const most = 20;

/** What of a backup cannot be read, and what had to be assumed. */
export function BesideFolders({ survey: { remarks } }: { readonly survey: Survey }) {
  const words = useWords();
  const notes = remarks.filter(isNote);
  const unreadable = remarks.filter(problem => !isNote(problem));
  return (
    <>
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
