import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useServices, useWords } from '../../services.ts';
import { MainAction, QuietAction } from '../../ui/actions.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { JobInDialog } from '../archive/job-in-dialog.tsx';
import { toldException } from '../archive/told-exception.ts';
import { useArchiveJob } from '../archive/use-archive-job.ts';
import { ExceptionList } from '../job/exception-list.tsx';
import { ItemOutcomesTable } from '../job/item-outcomes.tsx';
import { beginSignIn } from '../sign-in/sign-in.ts';

interface DavOfferProps {
  readonly archive: string;
  /** The user's name is often the mail address. */
  readonly mail: string;
}

type FieldName = 'server' | 'user' | 'password';

/** Another server for contacts and calendars, where the new mailbox takes mail alone: sign in, upload, prove. */
export function DavOffer({ archive, mail }: DavOfferProps) {
  const words = useWords();
  const said = words.items.dav;
  const { client } = useServices();
  const entering = useTask();
  const upload = useArchiveJob(archive);
  const proof = useArchiveJob(archive);
  const [shown, setShown] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<FieldName, string>>>({ server: '', user: mail, password: '' });
  const [missing, setMissing] = useState<FieldName | null>(null);
  const target = useRef<{ readonly address: string; readonly signInId: string } | null>(null);
  const inputs = {
    server: useRef<HTMLInputElement>(null),
    user: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
  };

  function submit(event: FormEvent): void {
    event.preventDefault();
    const lacks = (['server', 'user', 'password'] as const).find(name => typed[name].trim() === '') ?? null;
    setMissing(lacks);
    if (lacks !== null) {
      inputs[lacks].current?.focus();
      return;
    }
    entering.run(async () => {
      const place = typed.server.trim().replace(/^(?:https|carddavs?|caldavs?|dav):\/\//i, '');
      const address = `dav://${encodeURIComponent(typed.user.trim())}@${place}`;
      // Typing the server's name is the person's word for it.
      const begun = await beginSignIn(client, [{ address, tls: 'implicit' }], {
        ...{ password: typed.password, acceptHost: true },
      });
      target.current = { address: begun.account.address, signInId: begun.signInId };
      setTyped({ ...typed, password: '' });
      upload.begin(async () => {
        const input = { archive, target: target.current ?? { address, signInId: null }, folders: [], mapFile: null };
        return (await client.call('upload.start', input)).jobId;
      });
    });
  }

  const uploaded = upload.result !== null;
  const { begin } = proof;
  const proving = useRef(false);
  useEffect(() => {
    if (!uploaded || proving.current || target.current === null) return;
    proving.current = true;
    const input = { archive, target: target.current, folders: [] };
    begin(async () => (await client.call('verify.start', input)).jobId);
  }, [uploaded, begin, archive, client]);

  const exceptions = [...(upload.result?.exceptions ?? []), ...(proof.result?.exceptions ?? [])];
  return (
    <section aria-labelledby="dav-title">
      <h2 className="t-h2" id="dav-title">
        {said.title}
      </h2>
      <p>{said.text}</p>
      {shown ? null : <QuietAction onClick={() => setShown(true)}>{said.open}</QuietAction>}
      {shown && upload.id === null ? (
        <form onSubmit={submit} noValidate>
          <Field
            id="dav-server"
            label={said.server}
            hint={said.serverHint}
            value={typed.server}
            onChange={server => setTyped({ ...typed, server })}
            error={missing === 'server' ? said.serverMissing : null}
            inputRef={inputs.server}
          />
          <Field
            id="dav-user"
            label={said.user}
            autoComplete="username"
            value={typed.user}
            onChange={user => setTyped({ ...typed, user })}
            error={missing === 'user' ? said.userMissing : null}
            inputRef={inputs.user}
          />
          <Field
            id="dav-password"
            label={words.signIn.password}
            type="password"
            autoComplete="current-password"
            value={typed.password}
            onChange={password => setTyped({ ...typed, password })}
            error={missing === 'password' ? said.passwordMissing : null}
            inputRef={inputs.password}
          />
          <p className="t-status" role="status">
            {entering.busy ? said.entering : ''}
          </p>
          <MainAction busy={entering.busy}>{said.start}</MainAction>
        </form>
      ) : null}
      {entering.problem === null ? null : <ProblemNotice problem={entering.problem} takesFocus />}
      <JobInDialog title={said.working} work={upload} />
      <JobInDialog title={said.proving} work={proof} />
      {proof.result === null ? null : (
        <Notice kind={exceptions.length === 0 ? 'good' : 'attention'} live>
          {said.done}
        </Notice>
      )}
      {upload.result === null ? null : (
        <ItemOutcomesTable uploaded={upload.result.itemOutcomes} proved={proof.result?.itemOutcomes} />
      )}
      {exceptions.length === 0 ? null : <ExceptionList exceptions={exceptions.map(toldException)} />}
    </section>
  );
}
