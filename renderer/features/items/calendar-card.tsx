import type { EventCard, ItemAttachment, TaskCard } from '../../../shared/model/item-view.ts';
import { formatBytes, formatList } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { useLanguage, useWords } from '../../services.ts';
import { sayRecurrence } from '../../words/say-recurrence.ts';
import type { Words } from '../../words/words.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Fact } from './fact.tsx';
import { formatWhen, lastDay } from './format-time.ts';

type Card = EventCard | TaskCard;
type CardWords = Words['items']['card'];

interface CalendarCardProps {
  readonly card: Card;
  readonly name: string;
  readonly onSavePart: (part: number, name: string) => void;
}

const mostExceptions = 50;

/** An appointment or a task: when, how often, who, what for. */
export function CalendarCard({ card, name, onSavePart }: CalendarCardProps) {
  const words = useWords().items.card;
  const language = useLanguage();
  return (
    <>
      <h2 className="t-message-subject">
        <bdi>{card.title || name || words.noTitle}</bdi>
      </h2>
      <dl className="t-facts">
        {factsOf(card, words, language).map(([label, value]) => (
          <Fact key={label} name={label}>
            {value}
          </Fact>
        ))}
        {card.exceptions.length === 0 ? null : (
          <>
            <dt>{words.exceptions}</dt>
            <dd>
              <ul className="t-plain-list">
                {exceptionsOf(card, words, language).map((text, index) => (
                  <li key={index}>
                    <bdi>{text}</bdi>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {card.participants.length === 0 ? null : (
          <>
            <dt>{words.participants}</dt>
            <dd>
              <ul className="t-plain-list">
                {card.participants.map(({ name: who, address, answer }, index) => (
                  <li key={index}>
                    <bdi>{personOf({ name: who, address })}</bdi>: {words.answers[answer]}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {card.attachments.length === 0 ? null : (
        <>
          <h3>{words.attachments}</h3>
          <ul className="t-plain-list">
            {card.attachments.map((attachment, index) => (
              <li key={index}>
                <Attachment attachment={attachment} onSave={onSavePart} />
              </li>
            ))}
          </ul>
        </>
      )}
      {card.description === '' ? null : (
        <>
          <h3>{words.description}</h3>
          <p className="t-message-text">{card.description}</p>
        </>
      )}
    </>
  );
}

interface AttachmentProps {
  readonly attachment: ItemAttachment;
  readonly onSave: (part: number, name: string) => void;
}

function Attachment({ attachment: { part, name, link, size }, onSave }: AttachmentProps) {
  const words = useWords().items.card;
  const language = useLanguage();
  // A sender's name may hold a way to somewhere else; the host makes it safe, the person sees the last of it.
  const shown = name.split(/[/\\]/).at(-1) || words.attachment;
  if (part === null) {
    return (
      <>
        <bdi>{link}</bdi> <span className="t-hint">({words.link})</span>
      </>
    );
  }
  return (
    <>
      <bdi>{shown}</bdi> {size === null ? '' : `(${formatBytes(size, language)})`}{' '}
      <QuietAction label={words.saveAttachment(shown)} onClick={() => onSave(part, shown)}>
        {words.savePart}
      </QuietAction>
    </>
  );
}

function factsOf(card: Card, words: CardWords, language: Language): readonly (readonly [string, string])[] {
  const when = (time: string | null): string => (time === null ? '' : formatWhen(time, language));
  const repeats = card.recurrence;
  const facts: readonly (readonly [string, string])[] = [
    [words.when, card.start === null ? '' : spanOf(card.start, card.end, words, language)],
    [words.recurrence, repeats === null ? '' : sayRecurrence(repeats, language)],
    [words.recurrence, repeats?.rule == null ? '' : words.rule(repeats.rule)],
    ...(card.kind === 'task'
      ? ([
          [words.due, when(card.due)],
          [words.completedAt, when(card.completed)],
          [words.percent, card.percent === null ? '' : `${card.percent} %`],
          [words.priority, card.priority === null ? '' : String(card.priority)],
        ] as const)
      : []),
    [words.where, card.place],
    [words.zone, card.zone ?? ''],
    [words.organiser, card.organiser === null ? '' : personOf(card.organiser)],
    [
      words.reminders,
      formatList(
        card.reminders.map(reminder => reminderText(reminder, words, language)),
        language,
      ),
    ],
    [words.status, wordFor(card.status, words.statuses)],
    [words.showAs, card.kind === 'event' ? wordFor(card.showAs, words.showings) : ''],
    [words.privacy, card.privacy === 'public' ? '' : wordFor(card.privacy, words.privacies)],
    [words.categories, formatList(card.categories, language)],
    [words.url, card.url],
  ];
  // One line for each label: what is said of a series and its whole rule belong together.
  const joined = new Map<string, string>();
  for (const [label, value] of facts) {
    if (value !== '') joined.set(label, [joined.get(label), value].filter(text => text !== undefined).join('\n'));
  }
  return [...joined];
}

function spanOf(start: string, end: string | null, words: CardWords, language: Language): string {
  if (end === null) return formatWhen(start, language);
  if (start.includes('T')) return words.from(formatWhen(start, language), formatWhen(end, language));
  const last = lastDay(end);
  return last <= start
    ? formatWhen(start, language)
    : words.from(formatWhen(start, language), formatWhen(last, language));
}

function exceptionsOf({ exceptions, title }: Card, words: CardWords, language: Language): readonly string[] {
  const told = exceptions.slice(0, mostExceptions).map(each => {
    const at = formatWhen(each.at, language);
    if (each.start === null) return words.leftOut(at);
    const what = [each.title === title ? '' : each.title, each.place].filter(text => text !== '').join(', ');
    return words.moved(at, formatWhen(each.start, language), what);
  });
  return exceptions.length <= mostExceptions
    ? told
    : [...told, words.moreExceptions(exceptions.length - mostExceptions)];
}

function reminderText(reminder: Card['reminders'][number], words: CardWords, language: Language): string {
  const { minutes, of, at } = reminder;
  if (at !== null) return formatWhen(at, language);
  if (minutes === null || minutes === 0) return words.reminderNow(of);
  return minutes > 0 ? words.reminderBefore(minutes, of) : words.reminderAfter(-minutes, of);
}

function wordFor(word: string, known: Readonly<Record<string, string>>): string {
  return known[word] ?? word;
}

function personOf({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' || name === address ? address : address === '' ? name : `${name} <${address}>`;
}
