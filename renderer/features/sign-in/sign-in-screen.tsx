import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useServices, useWizard, useWords } from '../../services.ts';
import type { WizardStep } from '../../state/wizard.ts';
import { Actions, MainAction, QuietAction } from '../../ui/actions.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { StepScreen } from '../step-screen.tsx';
import { fieldOf, signIn } from './sign-in.ts';
import type { Side } from './sign-in.ts';

type FieldName = 'mail' | 'password' | 'server';

interface SignInScreenProps {
  readonly side: Side;
  readonly back: WizardStep;
  readonly next: WizardStep;
}

/** Address and password of one mailbox; the server is asked for only where it was not found. */
export function SignInScreen({ side, back, next }: SignInScreenProps) {
  const words = useWords();
  const { client, session } = useServices();
  const [wizard, change] = useWizard();
  const mailbox = wizard[side];
  const [password, setPassword] = useState('');
  const [serverShown, setServerShown] = useState(mailbox.server !== '');
  const [invalid, setInvalid] = useState<{ field: FieldName; text: string } | null>(null);
  const [status, setStatus] = useState('');
  const task = useTask();
  const inputs = {
    mail: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    server: useRef<HTMLInputElement>(null),
  };
  const problemField = task.problem === null ? null : fieldOf(task.problem.code);
  const wrongField = invalid?.field ?? problemField;

  const { mail: mailInput, password: passwordInput, server: serverInput } = inputs;
  useEffect(() => {
    if (wrongField === null) return;
    if (wrongField === 'server') setServerShown(true);
    // After the field that may just have been shown is there.
    const shown = { mail: mailInput, password: passwordInput, server: serverInput };
    const frame = requestAnimationFrame(() => shown[wrongField].current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [invalid, wrongField, task.problem, mailInput, passwordInput, serverInput]);

  function describe(part: Partial<typeof mailbox>): void {
    setInvalid(null);
    change({ [side]: { ...mailbox, ...part, account: null } });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setInvalid(null);
    if (!/^[^\s@]+@[^\s@]+$/.test(mailbox.mail.trim())) {
      setInvalid({ field: 'mail', text: words.signIn.mailInvalid });
      return;
    }
    if (password === '') {
      setInvalid({ field: 'password', text: words.signIn.passwordMissing });
      return;
    }
    task.run(async () => {
      setStatus(words.signIn.finding);
      try {
        const server = mailbox.server.trim();
        const { accounts } = await client.call('account.find', {
          mail: mailbox.mail.trim(),
          server: server === '' ? null : server,
          role: side,
        });
        if (accounts.length === 0) {
          setInvalid({ field: 'server', text: words.signIn.serverMissing });
          return;
        }
        const found = await signIn(client, accounts, password, host => setStatus(words.signIn.entering(host)));
        session[side] = found.signInId;
        if (side === 'source') session.surveyId = null;
        const account = { address: found.account.address, tls: found.account.tls };
        change({ [side]: { ...mailbox, account }, step: next });
      } finally {
        setStatus('');
      }
    });
  }

  const noticeId = `${side}-problem`;
  const describedBy = (field: FieldName) => (problemField === field ? noticeId : undefined);
  const errorOf = (field: FieldName) => (invalid?.field === field ? invalid.text : null);
  const notice =
    task.problem === null ? null : (
      <ProblemNotice id={noticeId} problem={task.problem} takesFocus={problemField === null} />
    );
  return (
    <StepScreen step={side} title={words.signIn[side].title} lead={words.signIn[side].lead}>
      <form onSubmit={submit} noValidate>
        <Field
          id="mail"
          label={words.signIn.mail}
          hint={words.signIn.mailHint}
          type="email"
          autoComplete="username"
          value={mailbox.mail}
          onChange={mail => describe({ mail })}
          error={errorOf('mail')}
          describedBy={describedBy('mail')}
          inputRef={inputs.mail}
        />
        {problemField === 'mail' ? notice : null}
        <Field
          id="password"
          label={words.signIn.password}
          hint={words.signIn.passwordHint}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={typed => {
            setInvalid(null);
            setPassword(typed);
          }}
          error={errorOf('password')}
          describedBy={describedBy('password')}
          inputRef={inputs.password}
        />
        {problemField === 'password' ? notice : null}
        {serverShown ? (
          <Field
            id="server"
            label={words.signIn.server}
            hint={words.signIn.serverHint}
            value={mailbox.server}
            onChange={server => describe({ server })}
            error={errorOf('server')}
            describedBy={describedBy('server')}
            inputRef={inputs.server}
          />
        ) : (
          <p>
            <QuietAction onClick={() => setServerShown(true)}>{words.signIn.serverByHand}</QuietAction>
          </p>
        )}
        {problemField === 'server' || problemField === null ? notice : null}
        {side === 'source' ? <Notice kind="safe">{words.untouched}</Notice> : null}
        <p className="t-status" role="status">
          {status}
        </p>
        <Actions onBack={() => change({ step: back })}>
          <MainAction busy={task.busy}>{words.signIn.submit}</MainAction>
        </Actions>
      </form>
    </StepScreen>
  );
}
