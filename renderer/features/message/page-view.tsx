import { useState } from 'react';
import type { MessageView } from '../../../shared/model/message-view.ts';
import { useRemembered, useServices, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAnswer } from '../../use-answer.ts';
import type { FoundLink } from './clean-html.ts';
import { cleanHtml } from './clean-html.ts';
import { onCleaningBench } from './cleaning-bench.ts';
import { framePage } from './frame-page.ts';
import { LinkDialog } from './link-dialog.tsx';
import { LinkList } from './link-list.tsx';

/**
 * The message as its sender drew it: cleaned, in a frame without scripts, origin or network. What is pressed in such a
 * frame cannot be heard outside of it, so its links are numbered there and listed beneath, where keyboard and screen
 * reader find them in one place.
 */
export function PageView({ view }: { readonly view: MessageView }) {
  const words = useWords().message;
  const { client } = useServices();
  const { textSize } = useRemembered().settings;
  const [asked, setAsked] = useState<FoundLink | null>(null);
  const { html, images } = view;

  const { value, problem } = useAnswer(html === null ? null : textSize, async () => {
    const cleaned = await onCleaningBench(bench => cleanHtml(html?.body ?? '', images, bench));
    const page = framePage({ title: words.frame, head: cleaned.head, body: cleaned.body, textSize });
    const { path } = await client.host('host.frameDocument', { html: page, use: 'read' });
    return { path, links: cleaned.links, blocked: cleaned.blocked };
  });

  if (problem !== null) return <ProblemNotice problem={problem} />;
  if (value === null) return <p role="status">{words.reading}</p>;
  return (
    <>
      {value.blocked === 0 ? null : <Notice kind="safe">{words.blocked(value.blocked)}</Notice>}
      {html?.cut === true ? <Notice kind="info">{words.frameCut}</Notice> : null}
      <iframe
        className="t-message-frame"
        title={words.frame}
        src={value.path}
        sandbox=""
        allow=""
        referrerPolicy="no-referrer"
      />
      <LinkList links={value.links} onAsk={setAsked} />
      {asked === null ? null : <LinkDialog link={asked} view={view} onClose={() => setAsked(null)} />}
    </>
  );
}
