import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Input, Output } from '../../../shared/contract.ts';
import { useServices, useWords } from '../../services.ts';
import { MainAction, SideAction } from '../../ui/actions.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import { AgreeToProfile } from './agree-to-profile.tsx';
import { ProfileFacts } from './profile-facts.tsx';

type From = Input<'organisation.inspect'>['from'];
type Inspected = Output<'organisation.inspect'> & { readonly from: From };

/** The profile in use, and the way to one: a file, or an address dictated at the desk. */
export function OrganisationSection() {
  const words = useWords().organisation;
  const { client } = useServices();
  const picker = usePicker();
  const [current, setCurrent] = useState<Output<'organisation.read'> | null>(null);
  const [inspected, setInspected] = useState<Inspected | null>(null);
  const [link, setLink] = useState('');
  const [missing, setMissing] = useState(false);
  const { run, busy, problem } = useTask();
  const input = useRef<HTMLInputElement>(null);
  const read = async (): Promise<void> => setCurrent(await client.call('organisation.read', {}));
  useEffect(() => {
    client.call('organisation.read', {}).then(setCurrent, () => undefined);
  }, [client]);

  const inspect = async (from: From): Promise<void> =>
    setInspected({ ...(await client.call('organisation.inspect', { from })), from });
  const openFile = (): void =>
    run(async () => {
      const file = await picker.file();
      if (file !== null) await inspect({ file });
    });
  function openLink(event: FormEvent): void {
    event.preventDefault();
    setMissing(link.trim() === '');
    if (link.trim() === '') input.current?.focus();
    else run(() => inspect({ link }));
  }

  return (
    <section aria-labelledby="organisation-title">
      <h2 className="t-h2" id="organisation-title">
        {words.title}
      </h2>
      {current?.problem === undefined || current.problem === null ? null : <ProblemNotice problem={current.problem} />}
      {current === null || inspected !== null ? null : current.profile === null ? (
        <>
          <p>{words.none}</p>
          <SideAction onClick={openFile}>{words.open}</SideAction>
          <form onSubmit={openLink} noValidate className="t-below">
            <Field
              id="profile-link"
              label={words.linkLabel}
              hint={words.linkHint}
              value={link}
              onChange={typed => {
                setMissing(false);
                setLink(typed);
              }}
              error={missing ? words.linkMissing : null}
              inputRef={input}
            />
            <MainAction busy={busy}>{words.linkSubmit}</MainAction>
          </form>
        </>
      ) : (
        <>
          <Notice kind="good">{words.installed}</Notice>
          <ProfileFacts profile={current.profile} fingerprint={current.fingerprint} />
          <div className="t-buttons">
            <SideAction onClick={openFile}>{words.open}</SideAction>
            <SideAction
              onClick={() =>
                run(async () => {
                  await client.call('organisation.remove', {});
                  await read();
                })
              }
            >
              {words.remove}
            </SideAction>
          </div>
        </>
      )}
      {inspected === null ? null : (
        <AgreeToProfile
          inspected={inspected}
          busy={busy}
          onAgree={() =>
            run(async () => {
              const { from, fingerprint } = inspected;
              await client.call('organisation.install', { from, fingerprint });
              setInspected(null);
              await read();
            })
          }
          back={() => setInspected(null)}
        />
      )}
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus />}
    </section>
  );
}
