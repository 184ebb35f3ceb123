import { useState } from 'react';
import type { MessageView } from '../../../shared/model/message-view.ts';
import { formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { MainAction, SideAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import type { FoundLink } from './clean-html.ts';
import { judgeLink } from './judge-link.ts';
import type { JudgedLink, LinkWarning } from './judge-link.ts';

interface LinkDialogProps {
  readonly link: FoundLink;
  readonly view: MessageView;
  readonly onClose: () => void;
}

type WebLink = Extract<JudgedLink, { kind: 'web' }>;

/** Warnings under which opening is not what the dialog proposes. */
const serious = new Set<LinkWarning['kind']>([
  'text-differs',
  'looks-like',
  'other-letters',
  'user-part',
  'own-network',
  'number-address',
]);

/** Where a link really leads, before anything is opened. */
export function LinkDialog({ link, view, onClose }: LinkDialogProps) {
  const words = useWords();
  const { headers } = view;
  const known = [...headers.from, ...headers.replyTo, ...headers.to].slice(0, 50).map(({ address }) => address);
  const judged = judgeLink(link.raw, link.text, known);
  switch (judged.kind) {
    case 'web':
      return <WebLinkDialog judged={judged} text={link.text} onClose={onClose} />;
    case 'mail':
      return (
        <Dialog title={words.message.links.mailDialog} onClose={onClose}>
          <Address text={judged.addresses} />
          <p>{words.message.links.mail}</p>
          <Copy text={judged.addresses} onClose={onClose} />
        </Dialog>
      );
    case 'refused':
      return (
        <Dialog title={words.message.links.refusedDialog} onClose={onClose}>
          <Notice kind="attention">{words.message.links.refused[judged.why]}</Notice>
          {judged.raw === '' ? null : <Address text={judged.raw} />}
          <Copy text={judged.raw} onClose={onClose} />
        </Dialog>
      );
  }
}

function WebLinkDialog({ judged, text, onClose }: { judged: WebLink; text: string; onClose: () => void }) {
  const words = useWords();
  const said = words.message.links;
  const { client, host } = useServices();
  const task = useTask();
  const careful = judged.warnings.some(({ kind }) => serious.has(kind));
  const warn = useWarning();

  function open(): void {
    task.run(async () => {
      // A browser opens the next tab itself, without telling it who sent it; the window asks the system.
      if (host.host === 'window') await client.host('host.openLink', { url: judged.url });
      else window.open(judged.url, '_blank', 'noopener,noreferrer');
      onClose();
    });
  }

  return (
    <Dialog title={said.dialog} onClose={onClose}>
      <p className="t-link-host">
        <span className="t-hint">{said.site}</span>
        <bdi>{judged.host}</bdi>
      </p>
      {judged.host === judged.asciiHost ? null : (
        <p>
          {said.asciiSite}: <code>{judged.asciiHost}</code>
        </p>
      )}
      {judged.warnings.length === 0 ? null : (
        <Notice kind={careful ? 'attention' : 'info'}>
          {careful ? <p className="t-strong">{said.careful}</p> : null}
          <ul className="t-warnings">
            {judged.warnings.map(warning => (
              <li key={warning.kind}>{warn(warning)}</li>
            ))}
          </ul>
          {careful ? <p>{said.fine}</p> : null}
        </Notice>
      )}
      <p className="t-hint">{said.address}</p>
      <Address text={judged.url} />
      {text === '' || text === judged.url ? null : (
        <p>
          <span className="t-hint">{said.text}:</span> <bdi>{text.slice(0, 300)}</bdi>
        </p>
      )}
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <Copy text={judged.url} onClose={onClose}>
        {careful ? (
          <SideAction onClick={open}>{said.openAnyway}</SideAction>
        ) : (
          <MainAction onClick={open} busy={task.busy}>
            {said.open}
          </MainAction>
        )}
      </Copy>
    </Dialog>
  );
}

function Address({ text }: { readonly text: string }) {
  return (
    <p className="t-link-address">
      <bdi>{text.slice(0, 2000)}</bdi>
    </p>
  );
}

/** The row that ends the dialog. */
function Copy({ text, onClose, children }: { text: string; onClose: () => void; children?: React.ReactNode }) {
  const words = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  function copy(): void {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <>
      <div role="status">
        {copied === null ? null : <p>{copied ? words.message.links.copied : words.message.links.notCopied}</p>}
      </div>
      <div className="t-buttons">
        {children}
        <SideAction onClick={copy}>{words.message.links.copy}</SideAction>
        <SideAction onClick={onClose}>{words.actions.cancel}</SideAction>
      </div>
    </>
  );
}

function useWarning(): (warning: LinkWarning) => string {
  const { warnings, scripts } = useWords().message.links;
  const language = useLanguage();
  return warning => {
    switch (warning.kind) {
      case 'text-differs':
        return warnings['text-differs'](warning.shown);
      case 'looks-like':
        return warnings['looks-like'](warning.known);
      case 'other-letters': {
        const names = warning.scripts.map(script => scripts[script as keyof typeof scripts]);
        return names.length === 0
          ? warnings['other-letters']
          : warnings['other-scripts'](formatList([...new Set(names)], language));
      }
      case 'user-part':
        return warnings['user-part'](warning.pretended);
      case 'odd-port':
        return warnings['odd-port'](warning.port);
      default:
        return warnings[warning.kind];
    }
  };
}
