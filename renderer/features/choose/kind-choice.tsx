import { useEffect, useRef } from 'react';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';
import { useWizard, useWords } from '../../services.ts';
import type { Checked } from './folder-rows.ts';
import { kindsOf } from './kinds-of.ts';

interface KindChoiceProps {
  readonly items: Survey['items'];
  /** Of the folders of mail, taken together; null where there are none. */
  readonly mail: { readonly checked: Checked; readonly messages: number | null } | null;
  readonly onMail: (wanted: boolean) => void;
  readonly onChange: () => void;
}

/** What there is to save, kind by kind; of the mail, the folders can be chosen one by one below. */
export function KindChoice({ items, mail, onMail, onChange }: KindChoiceProps) {
  const words = useWords();
  const { kinds, ...said } = words.choose;
  const [wizard, change] = useWizard();
  const leftOut = new Set<ItemKind>(wizard.leftOutItems);
  function choose(kind: ItemKind, wanted: boolean): void {
    onChange();
    const others = wizard.leftOutItems.filter(other => other !== kind);
    change({ leftOutItems: wanted ? others : [...others, kind] });
  }
  const onlyMail = wizard.way === 'mailbox' && /^imaps?:/.test(wizard.source.account?.address ?? '');
  return (
    <fieldset className="t-kinds" aria-labelledby="what-title">
      {mail === null ? null : (
        <Kind
          id="kind-mail"
          label={kinds.mail}
          count={mail.messages === null ? said.notCounted : words.messages(mail.messages)}
          checked={mail.checked}
          onChange={onMail}
        />
      )}
      {kindsOf(items).map(({ kind, items: count }) => (
        <Kind
          key={kind}
          id={`kind-${kind}`}
          label={kinds[kind]}
          count={count === null ? said.notCounted : words.file.items[kind](count)}
          checked={leftOut.has(kind) ? 'false' : 'true'}
          onChange={wanted => choose(kind, wanted)}
        />
      ))}
      {onlyMail ? <p className="t-hint">{said.onlyMail}</p> : null}
    </fieldset>
  );
}

interface KindProps {
  readonly id: string;
  readonly label: string;
  readonly count: string;
  readonly checked: Checked;
  readonly onChange: (wanted: boolean) => void;
}

function Kind({ id, label, count, checked, onChange }: KindProps) {
  const box = useRef<HTMLInputElement>(null);
  // No attribute of HTML says it.
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = checked === 'mixed';
  }, [checked]);
  return (
    <div className="t-check t-kind">
      <input
        ref={box}
        id={id}
        type="checkbox"
        checked={checked === 'true'}
        aria-describedby={`${id}-count`}
        onChange={event => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <span id={`${id}-count`} className="t-kind-count">
        {count}
      </span>
    </div>
  );
}
