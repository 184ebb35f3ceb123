import { useState } from 'react';
import type { ItemView } from '../../../shared/model/item-view.ts';
import { useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAnswer } from '../../use-answer.ts';
import { useTask } from '../../use-task.ts';
import { SavedNotice } from '../message/saved-notice.tsx';
import { usePicker } from '../picker/picker-context.ts';
import { CalendarCard } from './calendar-card.tsx';
import { ContactCard } from './contact-card.tsx';
import type { ItemName } from './item-list.tsx';

interface ItemPaneProps extends ItemName {
  readonly archive: string;
}

/** One item, to be read and saved. Nothing of it is run, fetched or opened. */
export function ItemPane({ archive, folder, number }: ItemPaneProps) {
  const words = useWords().items;
  const { client } = useServices();
  const { value, problem } = useAnswer(JSON.stringify([archive, folder, number]), () =>
    client.call('item.read', { archive, folder, number }),
  );
  if (problem !== null) return <ProblemNotice problem={problem} />;
  if (value === null) return <p role="status">{words.reading}</p>;
  return <Item key={`${folder}/${number}`} archive={archive} view={value} />;
}

/** Saves a file of the item to where the person says. */
export interface Saving {
  (suggestedName: string, write: (to: string) => Promise<unknown>): void;
}

function Item({ archive, view }: { readonly archive: string; readonly view: ItemView }) {
  const words = useWords().items.card;
  const { client } = useServices();
  const picker = usePicker();
  const task = useTask();
  const [saved, setSaved] = useState<string | null>(null);
  const { folder, number, fileName, kind } = view;
  const at = { archive, folder, number };
  const save: Saving = (suggestedName, write) =>
    task.run(async () => {
      setSaved(null);
      const to = await picker.newFile('any', suggestedName);
      if (to === null) return;
      await write(to);
      setSaved(to);
    });
  const label = kind === 'contact' || kind === 'event' || kind === 'task' ? words.label[kind] : words.label.other;
  return (
    <article aria-label={label} className="t-message t-item-card">
      <Card
        view={view}
        onSavePart={(part, name) => save(name, to => client.call('item.savePart', { ...at, part, to }))}
      />
      {view.absent ? <Notice kind="info">{words.absent}</Notice> : null}
      <div className="t-buttons t-no-print">
        <SideAction onClick={() => save(fileName, to => client.call('item.save', { ...at, to }))}>
          {words.save(fileName.slice(fileName.lastIndexOf('.')))}
        </SideAction>
      </div>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <SavedNotice path={saved} />
    </article>
  );
}

interface CardProps {
  readonly view: ItemView;
  readonly onSavePart: (part: number, name: string) => void;
}

function Card({ view, onSavePart }: CardProps) {
  const words = useWords().items.card;
  const { card, name } = view;
  switch (card.kind) {
    case 'contact':
      return <ContactCard card={card} name={name} />;
    case 'event':
    case 'task':
      return <CalendarCard card={card} name={name} onSavePart={onSavePart} />;
    case 'text':
      return (
        <>
          <h2 className="t-message-subject">
            <bdi>{name}</bdi>
          </h2>
          <p className="t-message-text">{card.text}</p>
        </>
      );
    case 'unreadable':
      return (
        <>
          <h2 className="t-message-subject">
            <bdi>{name}</bdi>
          </h2>
          <Notice kind="info">{words.why[card.why]}</Notice>
        </>
      );
  }
}
