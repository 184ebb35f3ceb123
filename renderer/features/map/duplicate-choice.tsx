import { displayPath } from '../../../shared/model/folder.ts';
import type { DuplicatesChoice, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';

/** More than these a person does not read; the report has them all. */
const most = 50;

interface DuplicateChoiceProps {
  readonly duplicates: UploadPlan['duplicates'];
  readonly onChange: (sent: DuplicatesChoice) => void;
}

/** Messages that are in the archive from two places: one copy goes, by name, unless the person wants all. */
export function DuplicateChoice({ duplicates, onChange }: DuplicateChoiceProps) {
  const words = useWords();
  const { messages, sent, listed } = duplicates;
  if (messages === 0) return null;
  const texts = words.map.duplicates;
  return (
    <section aria-labelledby="duplicates-title">
      <h2 className="t-h2" id="duplicates-title">
        {texts.title}
      </h2>
      <p>{texts[sent](words.messages(messages))}</p>
      <details className="t-details">
        <summary>{texts.list}</summary>
        <ul>
          {listed.slice(0, most).map(({ folder, number, subject, by, why }) => (
            <li key={JSON.stringify([folder, number, by])}>
              <strong>{subject ?? words.map.noSubject}</strong>, {displayPath(folder)}.{' '}
              {texts.why[why](displayPath(by.folder))}
            </li>
          ))}
        </ul>
        {messages <= most ? null : <p>{words.report.more(messages - most)}</p>}
      </details>
      <Checkbox
        id="duplicates"
        label={texts.sendAll}
        hint={texts.sendAllHint}
        checked={sent === 'all'}
        onChange={all => onChange(all ? 'all' : 'one')}
      />
    </section>
  );
}
