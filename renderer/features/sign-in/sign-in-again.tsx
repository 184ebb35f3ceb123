import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useServices, useWizard, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import type { Side } from './sign-in.ts';

interface SignInAgainProps {
  readonly side: Side;
  readonly action: string;
  readonly onSignedIn: () => void;
}

/** The password alone, for a mailbox already known: after a restart it is the one thing that was not kept. */
export function SignInAgain({ side, action, onSignedIn }: SignInAgainProps) {
  const words = useWords();
  const { client, session } = useServices();
  const [wizard] = useWizard();
  const { mail, account } = wizard[side];
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const task = useTask();
  const input = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setMissing(password === '');
    input.current?.focus();
    if (password === '' || account === null) return;
    task.run(async () => {
      const { signInId } = await client.call('signIn.password', { password });
      try {
        await client.call('account.check', { account: { ...account, signInId } });
      } catch (error) {
        await client.call('signIn.forget', { signInId });
        throw error;
      }
      session[side] = signInId;
      onSignedIn();
    });
  }

  const noticeId = `${side}-again-problem`;
  return (
    <form className="t-panel" onSubmit={submit} noValidate>
      <h2>{words.signIn.again.title}</h2>
      <p>{words.signIn.again.text(mail)}</p>
      <Field
        id={`${side}-again`}
        label={words.signIn.password}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={missing ? words.signIn.passwordMissing : null}
        describedBy={task.problem === null ? undefined : noticeId}
        inputRef={input}
      />
      {task.problem === null ? null : <ProblemNotice id={noticeId} problem={task.problem} />}
      <MainAction busy={task.busy}>{action}</MainAction>
    </form>
  );
}
