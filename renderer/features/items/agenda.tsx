import { useEffect, useId, useMemo, useState } from 'react';
import type { AgendaRow } from '../../../shared/model/item-view.ts';
import { formatDay, localTimeZone } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { usePolled } from '../../use-polled.ts';
import type { CalendarPartProps } from './calendar.tsx';
import { FolderSelect } from './folder-select.tsx';
import { clockTime, formatWhen, lastDay, monthAfter, monthName, monthNow, shortDay } from './format-time.ts';
import { ItemList } from './item-list.tsx';

const monthNumbers = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** One month of one calendar or all, as a list. */
export function Agenda({ archive, view, panes, opened, onOpen }: CalendarPartProps) {
  const words = useWords().items;
  const said = words.calendar;
  const language = useLanguage();
  const { client } = useServices();
  const id = useId();
  const [folder, setFolder] = useState<number | null>(null);
  const [month, setMonth] = useState(() => monthNow(new Date()));
  const [active, setActive] = useState(0);
  const zone = localTimeZone();
  const key = JSON.stringify([archive, folder, month]);
  const { value, problem } = usePolled(
    key,
    () => client.call('items.agenda', { archive, folder, from: `${month}-01`, to: `${monthAfter(month, 1)}-01`, zone }),
    ({ reading }) => reading.done < reading.total,
  );
  const rows = useMemo(() => value?.rows ?? [], [value]);
  // A month is all here.
  const pages = useMemo(
    () => ({
      row: (index: number) => rows[index],
      want: () => undefined,
      between: (first: number, last: number) => Promise.resolve(rows.slice(first, last + 1)),
    }),
    [rows],
  );
  useEffect(() => setActive(0), [key]);
  const goTo = (day: string): void => setMonth(day.slice(0, 7));

  return (
    <>
      <div className="t-item-tools">
        <FolderSelect
          folders={view.itemFolders}
          kind="event"
          label={said.folder}
          all={said.all}
          folder={folder}
          onChoose={setFolder}
        />
        <div className="t-month">
          <QuietAction label={said.previous} onClick={() => setMonth(monthAfter(month, -1))}>
            ‹
          </QuietAction>
          <h2 aria-live="polite">{monthName(month, language)}</h2>
          <QuietAction label={said.next} onClick={() => setMonth(monthAfter(month, 1))}>
            ›
          </QuietAction>
          <QuietAction onClick={() => setMonth(monthNow(new Date()))}>{said.today}</QuietAction>
          <label htmlFor={`${id}-month`}>{said.month}</label>
          <select
            id={`${id}-month`}
            value={month.slice(5)}
            onChange={event => setMonth(`${month.slice(0, 4)}-${event.currentTarget.value}`)}
          >
            {monthNumbers.map(number => (
              <option key={number} value={number}>
                {monthName(`2000-${number}`, language).replace(/\s*2000/, '')}
              </option>
            ))}
          </select>
          <label htmlFor={`${id}-year`} className="visually-hidden">
            {said.year}
          </label>
          <YearField id={`${id}-year`} year={month.slice(0, 4)} onYear={year => setMonth(`${year}${month.slice(4)}`)} />
        </div>
      </div>
      <p role="status" className="t-item-count">
        {value === null ? words.reading : value.total === 0 ? said.empty : said.count(value.total)}{' '}
        {value !== null && value.total > rows.length ? said.more(rows.length) : ''}{' '}
        {value !== null && value.reading.done < value.reading.total
          ? words.readingSome(value.reading.done, value.reading.total)
          : ''}
      </p>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {value === null || rows.length > 0 ? null : (
        <div className="t-buttons">
          {value.before === null ? null : (
            <QuietAction onClick={() => goTo(value.before ?? month)}>
              {said.nearestBefore(formatDay(value.before, language))}
            </QuietAction>
          )}
          {value.after === null ? null : (
            <QuietAction onClick={() => goTo(value.after ?? month)}>
              {said.nearestAfter(formatDay(value.after, language))}
            </QuietAction>
          )}
        </div>
      )}
      {rows.length === 0 ? null : (
        <ItemList
          label={`${said.label}: ${monthName(month, language)}`}
          listing={key}
          pages={pages}
          total={rows.length}
          active={Math.min(active, rows.length - 1)}
          onActive={setActive}
          opened={opened}
          onOpen={onOpen}
          listRef={panes.grid}
        >
          {(row, index) => <AgendaLine row={row} isFirst={rows[index - 1]?.day !== row.day} />}
        </ItemList>
      )}
      {value === null || value.untimed.length === 0 ? null : (
        <details className="t-details">
          <summary>{said.untimed(value.untimed.length)}</summary>
          <ul className="t-plain-list">
            {value.untimed.map(item => (
              <li key={`${item.folder}/${item.number}`}>
                <QuietAction onClick={() => onOpen(item, true)}>{item.title || words.card.noTitle}</QuietAction>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="t-hint">{said.zone(zone)}</p>
    </>
  );
}

interface YearFieldProps {
  readonly id: string;
  readonly year: string;
  readonly onYear: (year: string) => void;
}

/** Goes along with each year that is whole; half a year is left alone. */
function YearField({ id, year, onYear }: YearFieldProps) {
  const [typed, setTyped] = useState(year);
  useEffect(() => setTyped(year), [year]);
  return (
    <input
      id={id}
      type="number"
      min={1900}
      max={2200}
      value={typed}
      onChange={event => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (/^(?:19|20|21)\d\d$/.test(text)) onYear(text);
      }}
      onBlur={() => setTyped(year)}
    />
  );
}

function AgendaLine({ row, isFirst }: { readonly row: AgendaRow; readonly isFirst: boolean }) {
  const words = useWords().items;
  const said = words.calendar;
  const language = useLanguage();
  const marks = [
    row.cancelled ? said.cancelled : null,
    row.exception ? said.exception : row.repeats ? said.repeats : null,
    row.absent ? words.absent : null,
  ].filter(mark => mark !== null);
  return (
    <>
      <span className={isFirst ? 't-agenda-day' : 't-agenda-day t-agenda-same'}>{shortDay(row.day, language)}</span>
      <span className="t-agenda-time">{spanOf(row, said, language)}</span>
      <bdi className="t-item-title" data-cancelled={row.cancelled || undefined}>
        {row.title === '' ? words.card.noTitle : row.title}
      </bdi>
      <span className="t-item-more">{[row.place, ...marks].filter(text => text !== '').join(' · ')}</span>
    </>
  );
}

function spanOf(
  { start, end }: AgendaRow,
  said: ReturnType<typeof useWords>['items']['calendar'],
  language: ReturnType<typeof useLanguage>,
): string {
  if (!start.includes('T')) {
    const last = lastDay(end);
    return last <= start ? said.allDay : said.until(formatDay(last, language));
  }
  const from = clockTime(start, language);
  if (end === start) return from;
  const isSameDay = formatWhen(start, language).slice(0, 10) === formatWhen(end, language).slice(0, 10);
  return isSameDay ? `${from}–${clockTime(end, language)}` : `${from}, ${said.until(formatWhen(end, language))}`;
}
