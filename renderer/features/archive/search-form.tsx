import { useState } from 'react';
import type { FormEvent, RefObject } from 'react';
import { useWords } from '../../services.ts';

export interface SearchQuestion {
  readonly query: string;
  /** Only in the folder at hand. */
  readonly here: boolean;
}

interface SearchFormProps {
  readonly inputId: string;
  /** Name of the folder at hand; null when all messages are shown. */
  readonly folderName: string | null;
  /** What is being shown; null when it is a list. */
  readonly question: SearchQuestion | null;
  readonly onAsk: (question: SearchQuestion | null) => void;
  readonly inputRef: RefObject<HTMLInputElement>;
}

/** What to look for. An empty question goes back to the list. */
export function SearchForm({ inputId, folderName, question, onAsk, inputRef }: SearchFormProps) {
  const words = useWords().archive.search;
  const [text, setText] = useState(question?.query ?? '');
  const [here, setHere] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    onAsk(text.trim() === '' ? null : { query: text, here: here && folderName !== null });
  }
  function clear(): void {
    setText('');
    onAsk(null);
    inputRef.current?.focus();
  }

  return (
    <search className="t-search">
      <form onSubmit={submit} noValidate>
        <label htmlFor={inputId} className="visually-hidden">
          {words.label}
        </label>
        <div className="t-field-row t-search-row">
          <input
            id={inputId}
            ref={inputRef}
            type="text"
            inputMode="search"
            enterKeyHint="search"
            className="form-control"
            placeholder={words.label}
            value={text}
            maxLength={2000}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={event => setText(event.currentTarget.value)}
          />
          <button type="submit" className="t-field-button">
            {words.submit}
          </button>
        </div>
        {folderName === null ? null : (
          <label className="t-search-here">
            <input type="checkbox" checked={here} onChange={event => setHere(event.currentTarget.checked)} />
            {words.here(folderName)}
          </label>
        )}
        {question === null ? null : (
          <button type="button" className="t-link" onClick={clear}>
            {words.clear}
          </button>
        )}
      </form>
      <details className="t-details t-search-help">
        <summary>{words.helpTitle}</summary>
        <div className="t-search-sheet">
          <p>{words.help}</p>
          <dl>
            {Object.values(words.examples).map(([example, meaning]) => (
              <div key={example}>
                <dt>
                  <code>{example}</code>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </div>
      </details>
    </search>
  );
}
