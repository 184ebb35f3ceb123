import type { CalendarSummary } from '../../../shared/model/message-view.ts';
import type { Language } from '../../../shared/words/language.ts';
import { formatDateTime, formatDay } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { personName } from './person-name.ts';

/** An invitation in a few lines. It is not answered from here. */
export function EventFacts({ event }: { readonly event: CalendarSummary }) {
  const words = useWords().message.event;
  const language = useLanguage();
  const { method, start, end } = event;
  const title = method !== null && method in words.title ? (method as keyof typeof words.title) : 'other';
  return (
    <div className="t-panel t-event">
      <p className="t-strong">
        {words.title[title]}: <bdi>{event.summary}</bdi>
      </p>
      <dl className="t-facts">
        {start === null ? null : (
          <>
            <dt>{words.when}</dt>
            <dd>
              {end === null || end === start
                ? when(start, language)
                : words.between(when(start, language), when(end, language))}
            </dd>
          </>
        )}
        {event.location === '' ? null : (
          <>
            <dt>{words.where}</dt>
            <dd>
              <bdi>{event.location}</bdi>
            </dd>
          </>
        )}
        {event.organizer === null ? null : (
          <>
            <dt>{words.organizer}</dt>
            <dd>
              <bdi>{personName(event.organizer)}</bdi>
            </dd>
          </>
        )}
      </dl>
      {event.repeats ? <p>{words.repeats}</p> : null}
    </div>
  );
}

function when(time: string, language: Language): string {
  return time.includes('T') ? formatDateTime(time, language) : formatDay(time, language);
}
