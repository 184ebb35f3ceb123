import type { MessageView } from '../../../shared/model/message-view.ts';
import { formatBytes, formatDateTime, formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAnswer } from '../../use-answer.ts';
import type { MessageAt } from './message-pane.tsx';

const flagWords = {
  '\\Seen': 'seen',
  '\\Answered': 'answered',
  '\\Flagged': 'flagged',
  '\\Deleted': 'deleted',
  '\\Draft': 'draft',
} as const;

/** What the archive knows of the message, and its header as it was written. */
export function HeadersView({ at, view }: { readonly at: MessageAt; readonly view: MessageView }) {
  const words = useWords();
  const said = words.message;
  const language = useLanguage();
  const { client } = useServices();
  const { value, problem } = useAnswer('headers', () =>
    client.call('message.source', { ...at, headersOnly: true, offset: 0, limit: 65_536 }),
  );
  const flags = view.flags.map(flag => said.flags[flagWords[flag]]);
  return (
    <>
      <dl className="t-facts">
        {view.internalDate === null ? null : (
          <>
            <dt>{said.facts.received}</dt>
            <dd>{formatDateTime(view.internalDate, language)}</dd>
          </>
        )}
        <dt>{said.facts.size}</dt>
        <dd>{formatBytes(view.size, language)}</dd>
        {flags.length === 0 ? null : (
          <>
            <dt>{said.facts.flags}</dt>
            <dd>{formatList(flags, language)}</dd>
          </>
        )}
        {view.keywords.length === 0 ? null : (
          <>
            <dt>{said.facts.keywords}</dt>
            <dd>{formatList(view.keywords, language)}</dd>
          </>
        )}
        {view.headers.messageId === null ? null : (
          <>
            <dt>{said.facts.messageId}</dt>
            <dd className="t-path">{view.headers.messageId}</dd>
          </>
        )}
        <dt>{said.facts.fingerprint}</dt>
        <dd>
          <code className="t-hash">{view.sha256}</code>
        </dd>
      </dl>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {value === null ? (
        problem === null ? (
          <p role="status">{words.working}</p>
        ) : null
      ) : (
        <pre className="t-text-box t-message-source" tabIndex={0} role="region" aria-label={said.headersLabel}>
          {value.text}
        </pre>
      )}
    </>
  );
}
