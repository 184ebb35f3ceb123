import { useState } from 'react';
import type { MessageRow } from '../../../shared/model/message-list.ts';
import { formatDateTime } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { MessagePane } from '../message/message-pane.tsx';
import { nameKey } from './selection.ts';
import type { MessageName } from './selection.ts';

interface MessageSideProps {
  readonly archive: string;
  readonly message: MessageName;
  readonly onOpen: (folder: number, number: number) => void;
}

/** The message at hand, and on demand the conversation it belongs to. */
export function MessageSide({ archive, message, onOpen }: MessageSideProps) {
  const words = useWords().archive;
  const language = useLanguage();
  const { client } = useServices();
  const task = useTask();
  const [rows, setRows] = useState<readonly MessageRow[] | null>(null);

  const show = (): void =>
    task.run(async () => setRows((await client.call('messages.thread', { archive, ...message })).rows));

  return (
    <>
      <div className="t-side-tools">
        {rows === null ? (
          <QuietAction onClick={show}>{words.message.conversation}</QuietAction>
        ) : (
          <QuietAction onClick={() => setRows(null)}>{words.message.hideConversation}</QuietAction>
        )}
      </div>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <div role="status">
        {rows !== null && rows.length < 2 ? <p className="t-hint">{words.message.conversationAlone}</p> : null}
      </div>
      {rows === null || rows.length < 2 ? null : (
        <nav className="t-conversation" aria-label={words.message.conversationTitle(rows.length)}>
          <h2>{words.message.conversationTitle(rows.length)}</h2>
          <ol>
            {rows.map(row => (
              <li key={nameKey(row)}>
                <button
                  type="button"
                  className="t-link"
                  aria-current={nameKey(row) === nameKey(message) || undefined}
                  onClick={() => onOpen(row.folder, row.number)}
                >
                  {row.date === null ? words.list.noDate : formatDateTime(row.date, language)},{' '}
                  {row.from.name || row.from.address || words.list.noSender}:{' '}
                  {row.subject === '' ? words.list.noSubject : row.subject}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <MessagePane archive={archive} folder={message.folder} number={message.number} onOpen={onOpen} />
    </>
  );
}
