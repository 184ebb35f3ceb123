import { useState } from 'react';
import type { MessageView, Person } from '../../../shared/model/message-view.ts';
import { formatDateTime } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { personName } from './person-name.ts';

const people = ['from', 'to', 'cc', 'bcc', 'replyTo'] as const;

/** A circular to a whole ministry names thousands. */
const fewPeople = 10;

/** Who wrote to whom, and when. */
export function MessageFacts({ view }: { readonly view: MessageView }) {
  const { facts } = useWords().message;
  const language = useLanguage();
  const { headers } = view;
  const answersElsewhere = headers.replyTo.some(
    ({ address }) => !headers.from.some(sender => sender.address.toLowerCase() === address.toLowerCase()),
  );
  return (
    <dl className="t-facts t-message-facts">
      {people
        .filter(field => headers[field].length > 0 && (field !== 'replyTo' || answersElsewhere))
        .map(field => (
          <Field key={field} label={facts[field]} persons={headers[field]} />
        ))}
      <dt>{facts.date}</dt>
      <dd>{headers.date === null ? facts.noDate : formatDateTime(headers.date, language)}</dd>
    </dl>
  );
}

function Field({ label, persons }: { readonly label: string; readonly persons: readonly Person[] }) {
  const { facts } = useWords().message;
  const [all, setAll] = useState(false);
  const shown = all ? persons : persons.slice(0, fewPeople);
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {shown.map((person, index) => (
          // The same person may stand in a field twice; the order never changes.
          <span key={index}>
            {index === 0 ? null : ', '}
            <bdi>{personName(person)}</bdi>
          </span>
        ))}
        {shown.length === persons.length ? null : (
          <>
            {' '}
            {facts.more(persons.length - shown.length)}.{' '}
            <QuietAction onClick={() => setAll(true)}>{facts.showAll}</QuietAction>
          </>
        )}
      </dd>
    </>
  );
}
