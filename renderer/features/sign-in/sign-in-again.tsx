import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import type { SignInWay } from '../../../shared/model/sign-in.ts';
import { useServices, useWizard, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { SignInHelp } from './sign-in-help.tsx';
import { SignInSteps } from './sign-in-steps.tsx';
import { beginSignIn } from './sign-in.ts';
import type { Begun, Side } from './sign-in.ts';

interface SignInAgainProps {
  readonly side: Side;
  readonly action: string;
  readonly onSignedIn: () => void;
}

/** The secret alone, for a mailbox already known: after a restart it is the one thing that was not kept. */
export function SignInAgain({ side, action, onSignedIn }: SignInAgainProps) {
  const words = useWords();
  const { client, session } = useServices();
  const [wizard] = useWizard();
  const { mail, account, byPage = false } = wizard[side];
  const asksPassword = account?.address.startsWith('microsoft365:') !== true && !byPage;
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [ended, setEnded] = useState<Problem | null>(null);
  const task = useTask();
  const input = useRef<HTMLInputElement>(null);

  function begin(way: SignInWay = byPage ? 'webPage' : 'usual'): void {
    if (account === null) return;
    setEnded(null);
    task.run(async () => {
      // The person agreed to this host when it was first signed in to.
      const options = { password: asksPassword ? password : null, acceptHost: true, way };
      const reached = await beginSignIn(client, [account], options);
      if (reached.step.step === 'done') finish(reached);
      else setBegun(reached);
    });
  }

  function finish({ signInId }: Begun): void {
    session[side] = signInId;
    onSignedIn();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const lacks = asksPassword && password === '';
    setMissing(lacks);
    input.current?.focus();
    if (!lacks) begin();
  }

  if (begun !== null) {
    return (
      <div className="t-panel">
        <SignInSteps
          key={begun.signInId}
          begun={begun}
          onDone={finish}
          onEnd={problem => {
            setEnded(problem);
            setBegun(null);
          }}
          onDeviceCode={() => {
            setBegun(null);
            begin('deviceCode');
          }}
        />
      </div>
    );
  }
  const noticeId = `${side}-again-problem`;
  const problem = task.problem ?? ended;
  return (
    <form className="t-panel" onSubmit={submit} noValidate>
      <h2>{asksPassword ? words.signIn.again.title : words.signInSteps.again.title}</h2>
      {asksPassword ? (
        <>
          <p>{words.signIn.again.text(mail)}</p>
          <Field
            id={`${side}-again`}
            label={words.signIn.password}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={missing ? words.signIn.passwordMissing : null}
            describedBy={problem === null ? undefined : noticeId}
            inputRef={input}
          />
        </>
      ) : (
        <>
          <p>{words.signInSteps.again.text(mail)}</p>
          <Notice kind="info">{byPage ? words.signInSteps.again.withPage : words.signInSteps.again.withBrowser}</Notice>
        </>
      )}
      {problem === null ? null : (
        <>
          <ProblemNotice id={noticeId} problem={problem} takesFocus={!asksPassword} />
          <SignInHelp
            problem={problem}
            mail={mail}
            server={wizard[side].server.trim()}
            side={side}
            onWebPage={() => begin('webPage')}
          />
        </>
      )}
      <MainAction busy={task.busy}>{asksPassword ? action : words.signInSteps.again.submit}</MainAction>
    </form>
  );
}
