import { useId, useState } from 'react';
import type { MessagePart, MessageView } from '../../../shared/model/message-view.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import { EventFacts } from './event-facts.tsx';
import type { MessageAt } from './message-pane.tsx';
import { SavedNotice } from './saved-notice.tsx';

interface PartListProps {
  readonly at: MessageAt;
  readonly view: MessageView;
  /** Opens the mail that is attached as this part. */
  readonly onInside: (part: string) => void;
}

/** Endings under which Windows, macOS or an office program run what is in the file. */
const programs =
  /\.(?:exe|com|scr|pif|cpl|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|jar|lnk|url|reg|chm|iso|img|vhdx?|dll|app|command|dmg|pkg|sh|desktop|docm|dotm|xlsm|xltm|xlam|pptm|ppam|xll|one|html?|xhtml|svg)$/i;

/** What else the message holds. Nothing of it is opened here: only saved, or read where it is a mail itself. */
export function PartList({ at, view, onInside }: PartListProps) {
  const words = useWords().message;
  const { client } = useServices();
  const picker = usePicker();
  const task = useTask();
  const id = useId();
  const [saved, setSaved] = useState<string | null>(null);
  const { parts } = view;
  if (parts.length === 0) return null;

  function save({ part, name }: MessagePart): void {
    task.run(async () => {
      setSaved(null);
      const to = await picker.newFile('any', name);
      if (to === null) return;
      await client.call('message.savePart', { ...at, inside: view.inside, part, to });
      setSaved(to);
    });
  }

  return (
    <section aria-labelledby={id} className="t-parts">
      <h3 id={id}>{words.parts.title(parts.length)}</h3>
      <p className="t-hint t-no-print">{words.parts.lead}</p>
      <ul>
        {parts.map(part => (
          <li key={part.part}>
            <Part part={part} onSave={save} onInside={onInside} />
          </li>
        ))}
      </ul>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <SavedNotice path={saved} />
    </section>
  );
}

interface PartProps {
  readonly part: MessagePart;
  readonly onSave: (part: MessagePart) => void;
  readonly onInside: (part: string) => void;
}

function Part({ part, onSave, onInside }: PartProps) {
  const words = useWords().message.parts;
  const language = useLanguage();
  const said = [
    part.kind === 'file' ? part.type : words.kinds[part.kind],
    part.octets === null ? words.unknownSize : formatBytes(part.octets, language),
    words.from[part.from],
    part.inline ? words.inline : '',
  ];
  return (
    <>
      <Icon name={part.kind === 'message' ? 'it-inbox' : 'it-file'} />
      <div className="t-part">
        <p className="t-part-name">
          <bdi>{part.name}</bdi>
        </p>
        <p className="t-hint">{said.filter(text => text !== '').join(', ')}</p>
        {programs.test(part.name) ? <p className="t-part-warning">{words.program}</p> : null}
        {part.event === null ? null : <EventFacts event={part.event} />}
      </div>
      <div className="t-buttons t-no-print">
        {part.kind === 'message' ? (
          <QuietAction label={words.openAria(part.name)} onClick={() => onInside(part.part)}>
            {words.open}
          </QuietAction>
        ) : null}
        <QuietAction label={words.saveAria(part.name)} onClick={() => onSave(part)}>
          {words.save}
        </QuietAction>
      </div>
    </>
  );
}
