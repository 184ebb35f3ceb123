import { useId } from 'react';
import { useWords } from '../../services.ts';
import type { FoundLink } from './clean-html.ts';
import { mostLinks } from './clean-html.ts';

interface LinkListProps {
  readonly links: readonly FoundLink[];
  readonly onAsk: (link: FoundLink) => void;
}

/** The links of a page by the numbers they have there. */
export function LinkList({ links, onAsk }: LinkListProps) {
  const words = useWords().message.links;
  const id = useId();
  if (links.length === 0) return null;
  return (
    <section aria-labelledby={id} className="t-no-print">
      <h3 id={id}>{words.title}</h3>
      <p className="t-hint">{words.lead}</p>
      <ol className="t-message-links">
        {links.map((link, index) => (
          <li key={index}>
            <button type="button" className="t-link" onClick={() => onAsk(link)}>
              <bdi>{words.item(index + 1, link.text === '' ? words.noText : shortened(link.text))}</bdi>
            </button>
          </li>
        ))}
      </ol>
      {links.length < mostLinks ? null : <p className="t-hint">{words.more}</p>}
    </section>
  );
}

function shortened(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
