import { memo } from 'react';
import type { MessageRow, SearchHit, Segment } from '../../../shared/model/message-list.ts';
import { formatBytes, formatDateTime } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { Words } from '../../words/words.ts';

type ListWords = Words['archive'];

interface MessageLineProps {
  readonly id: string;
  /** Counts from 0; the heads of the columns are the first row. */
  readonly index: number;
  readonly top: number;
  /** Undefined while it is being read. */
  readonly message: MessageRow | SearchHit | undefined;
  readonly selected: boolean;
  readonly active: boolean;
  readonly opened: boolean;
  readonly draggable: boolean;
  readonly words: ListWords;
  /** What other things than messages are called. */
  readonly kinds: Words['items']['kinds'];
  readonly language: Language;
}

/** One message of the list. What it is marked with stands there in words, for everyone. */
export const MessageLine = memo(function MessageLine({ words, kinds, language, ...row }: MessageLineProps) {
  const { message } = row;
  const item = message !== undefined && 'item' in message ? message.item : null;
  const marks = message === undefined ? [] : marksOf(message, words.list);
  return (
    <div
      id={row.id}
      role="row"
      aria-rowindex={row.index + 2}
      aria-selected={row.selected}
      className="t-line"
      data-index={row.index}
      data-active={row.active || undefined}
      data-opened={row.opened || undefined}
      data-unread={(message !== undefined && item === null && !message.flags.includes('\\Seen')) || undefined}
      draggable={row.draggable && message !== undefined}
      style={{ transform: `translateY(${row.top}px)` }}
    >
      {message === undefined ? (
        <span role="gridcell" aria-colspan={5} className="t-line-waiting">
          {words.list.reading}
        </span>
      ) : (
        <>
          <span role="gridcell" className="t-line-state">
            {item === null ? <span className="t-box" data-checked={row.selected} /> : null}
            <span className="visually-hidden">
              {item !== null ? '' : message.flags.includes('\\Seen') ? words.list.read : words.list.unread}
            </span>
          </span>
          <span role="gridcell" className="t-line-date">
            {message.date === null
              ? item === 'contact'
                ? ''
                : words.list.noDate
              : formatDateTime(message.date, language)}
          </span>
          <span role="gridcell" className="t-line-from">
            {item !== null ? kinds[item] : message.from.name || message.from.address || words.list.noSender}
          </span>
          <span role="gridcell" className="t-line-subject">
            <span className="t-line-title">
              {message.subject === '' ? (
                words.list.noSubject
              ) : 'subjectSegments' in message ? (
                <Segments segments={message.subjectSegments} />
              ) : (
                message.subject
              )}
            </span>
            {marks.length === 0 ? null : <span className="t-line-marks">{marks.join(' · ')}</span>}
            {'snippet' in message ? (
              <span className="t-line-snippet">
                {message.snippetFrom === 'attachment' ? `${words.search.inAttachment} ` : ' '}
                <Segments segments={message.snippet} />
              </span>
            ) : null}
          </span>
          <span role="gridcell" className="t-line-size">
            {formatBytes(message.size, language)}
          </span>
        </>
      )}
    </div>
  );
});

function marksOf({ flags, attachments, absent }: MessageRow, words: ListWords['list']): readonly string[] {
  return [
    flags.includes('\\Flagged') ? words.flagged : null,
    flags.includes('\\Answered') ? words.answered : null,
    flags.includes('\\Draft') ? words.draft : null,
    attachments !== null && attachments > 0 ? words.attachments(attachments) : null,
    absent ? words.absent : null,
  ].filter(mark => mark !== null);
}

/** What was looked for, marked. Text from mail only ever becomes text. */
function Segments({ segments }: { readonly segments: readonly Segment[] }) {
  // Their place is all that tells them apart.
  return segments.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : text));
}
