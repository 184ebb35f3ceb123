import { useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../../shared/model/message-view.ts';
import { useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAnswer } from '../../use-answer.ts';
import { HeadersView } from './headers-view.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageFacts } from './message-facts.tsx';
import { MessageNotices } from './message-notices.tsx';
import { PageView } from './page-view.tsx';
import { PartList } from './part-list.tsx';
import { PecPanel } from './pec-panel.tsx';
import { SourceView } from './source-view.tsx';
import { TextView } from './text-view.tsx';
import { ViewSwitch } from './view-switch.tsx';
import type { Shown } from './view-switch.tsx';

/** Name of a message in an archive. */
export interface MessageAt {
  readonly archive: string;
  readonly folder: number;
  readonly number: number;
}

interface MessagePaneProps extends MessageAt {
  /** Opens another message of the archive: what a certified message belongs to. */
  readonly onOpen: (folder: number, number: number) => void;
}

/** What of the message is looked at: a mail within it, a certified message or its envelope. */
interface Look {
  readonly inside: readonly string[];
  readonly pec: 'inner' | 'envelope';
}

const itself: Look = { inside: [], pec: 'inner' };

/** One message, to be read: as text unless the person asks for more. Nothing of it is run, fetched or opened. */
export function MessagePane(props: MessagePaneProps) {
  // Another message begins anew: as text, with nothing of it opened.
  return <OpenedMessage key={`${props.archive} ${props.folder} ${props.number}`} {...props} />;
}

function OpenedMessage({ archive, folder, number, onOpen }: MessagePaneProps) {
  const words = useWords().message;
  const { client } = useServices();
  const [way, setWay] = useState<readonly Look[]>([itself]);
  const look = way.at(-1) ?? itself;
  const at = { archive, folder, number };
  const { value, problem } = useAnswer(JSON.stringify(look), () =>
    client.call('message.read', { ...at, inside: [...look.inside], pec: look.pec }),
  );
  const go = (next: Look) => setWay([...way, next]);
  const back = way.length === 1 ? null : () => setWay(way.slice(0, -1));

  return (
    <div className="t-message">
      {back === null ? null : (
        <p className="t-no-print">
          <QuietAction onClick={back}>{words.backToOuter}</QuietAction>
        </p>
      )}
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus={back !== null} />}
      {value === null ? (
        problem === null ? (
          <p role="status">{words.reading}</p>
        ) : null
      ) : (
        <Message
          key={JSON.stringify(look)}
          at={at}
          view={value}
          takesFocus={way.length > 1}
          onOpen={onOpen}
          onInside={part => go({ inside: [...value.inside, part], pec: 'inner' })}
          onEnvelope={pec => setWay([...way.slice(0, -1), { ...look, pec }])}
          envelope={look.pec === 'envelope'}
        />
      )}
    </div>
  );
}

interface MessageProps {
  readonly at: MessageAt;
  readonly view: MessageView;
  readonly takesFocus: boolean;
  readonly envelope: boolean;
  readonly onOpen: (folder: number, number: number) => void;
  readonly onInside: (part: string) => void;
  readonly onEnvelope: (pec: 'inner' | 'envelope') => void;
}

function Message({ at, view, takesFocus, envelope, onOpen, onInside, onEnvelope }: MessageProps) {
  const words = useWords().message;
  const [shown, setShown] = useState<Shown>('text');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const { subject } = view.headers;
  return (
    <article aria-label={words.label}>
      <h2 ref={heading} tabIndex={-1} className="t-message-subject">
        <bdi>{subject === '' ? words.noSubject : subject}</bdi>
      </h2>
      <MessageFacts view={view} />
      <MessageNotices view={view} />
      {view.pec === null ? null : (
        <PecPanel pec={view.pec} envelope={envelope} onEnvelope={onEnvelope} onOpen={onOpen} />
      )}
      <ViewSwitch shown={shown} hasPage={view.html !== null} onShow={setShown} />
      <Body at={at} view={view} shown={shown} />
      <PartList at={at} view={view} onInside={onInside} />
      <MessageActions at={at} view={view} shown={shown} />
    </article>
  );
}

function Body({ at, view, shown }: { readonly at: MessageAt; readonly view: MessageView; readonly shown: Shown }) {
  switch (shown) {
    case 'text':
      return <TextView view={view} />;
    case 'page':
      return <PageView view={view} />;
    case 'headers':
      return <HeadersView at={at} view={view} />;
    case 'source':
      return <SourceView at={at} />;
  }
}
