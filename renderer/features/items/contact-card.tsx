import type { ContactCard as Card, ContactEntry } from '../../../shared/model/item-view.ts';
import { formatDay } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Fact } from './fact.tsx';

/** A person, or a group of contacts, with every field that the file has. */
export function ContactCard({ card, name }: { readonly card: Card; readonly name: string }) {
  const words = useWords().items.card;
  const shown = card.name || name || words.noName;
  return (
    <>
      <div className="t-contact-head">
        {card.photo === null ? null : (
          <img src={`data:${card.photo.type};base64,${card.photo.base64}`} alt={words.photo(shown)} />
        )}
        <div>
          <h2 className="t-message-subject">
            <bdi>{shown}</bdi>
          </h2>
          {card.isGroup ? <p className="t-hint">{words.group}</p> : null}
        </div>
      </div>
      <dl className="t-facts">
        {card.entries.map((entry, index) => (
          // A contact may say the same twice: their place is all that tells them apart.
          <Entry key={index} entry={entry} />
        ))}
      </dl>
      {card.isGroup ? (
        <>
          <h3>{words.members(card.members.length)}</h3>
          <ul>
            {card.members.map((member, index) => (
              <li key={index}>
                <bdi>{member}</bdi>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Entry({ entry: { field, label, value } }: { readonly entry: ContactEntry }) {
  const words = useWords().items.card;
  const language = useLanguage();
  const name = Object.entries(words.fields).find(([key]) => key === field)?.[1] ?? label;
  const place = Object.entries(words.places).find(([key]) => key === label)?.[1] ?? label;
  const isDay = (field === 'birthday' || field === 'anniversary') && /^\d{4}-\d\d-\d\d$/.test(value);
  return (
    <Fact name={place === '' || name === label ? name : `${name} (${place})`}>
      {isDay ? formatDay(value, language) : value}
    </Fact>
  );
}
