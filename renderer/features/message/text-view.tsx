import { useState } from 'react';
import type { MessageView } from '../../../shared/model/message-view.ts';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { FoundLink } from './clean-html.ts';
import { findLinks } from './find-links.ts';
import { LinkDialog } from './link-dialog.tsx';

/** The message as plain text. Addresses in it can be pressed, and then say where they lead. */
export function TextView({ view }: { readonly view: MessageView }) {
  const words = useWords().message;
  const [asked, setAsked] = useState<FoundLink | null>(null);
  const { text } = view;
  if (text === null || text.body.trim() === '') return <p className="t-hint">{words.noText}</p>;
  return (
    <>
      {text.cut ? <Notice kind="info">{words.textCut}</Notice> : null}
      <div className="t-message-text" dir="auto">
        {findLinks(text.body).map((piece, index) =>
          piece.isLink ? (
            <QuietAction key={index} onClick={() => setAsked({ raw: piece.text, text: piece.text })}>
              {piece.text}
            </QuietAction>
          ) : (
            piece.text
          ),
        )}
      </div>
      {asked === null ? null : <LinkDialog link={asked} view={view} onClose={() => setAsked(null)} />}
    </>
  );
}
