import { useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import { useWords } from '../../services.ts';
import type { WizardMailbox } from '../../state/wizard.ts';
import { Actions, MainAction, QuietAction } from '../../ui/actions.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { fieldOf } from './sign-in.ts';
import type { Side } from './sign-in.ts';

type FieldName = 'mail' | 'password' | 'server';

interface SignInFormProps {
  readonly side: Side;
  readonly mailbox: WizardMailbox;
  /** Whether this address's password is typed here, or on a page of its own. */
  readonly asksPassword: boolean;
  readonly busy: boolean;
  readonly status: string;
  readonly problem: Problem | null;
  /** No server was found by itself. */
  readonly serverMissing: boolean;
  /** What helps with this problem beside its four sentences. */
  readonly help: ReactNode;
  readonly onChange: (part: Partial<WizardMailbox>) => void;
  readonly onSubmit: (password: string | null, keep: boolean) => void;
  readonly back: () => void;
}

/** Address and password of one mailbox; the server is asked for only where it was not found. */
export function SignInForm({
  side,
  mailbox,
  asksPassword,
  busy,
  status,
  problem,
  serverMissing,
  help,
  onChange,
  onSubmit,
  back,
}: SignInFormProps) {
  const words = useWords();
  const [password, setPassword] = useState('');
  const [keep, setKeep] = useState(false);
  const [serverShown, setServerShown] = useState(mailbox.server !== '');
  const [invalid, setInvalid] = useState<'mail' | 'password' | null>(null);
  const inputs = {
    mail: useRef<HTMLInputElement>(null),
    password: useRef<HTMLInputElement>(null),
    server: useRef<HTMLInputElement>(null),
  };
  const problemField = problem === null ? null : fieldOf(problem.code);
  const wrongField: FieldName | null = invalid ?? (serverMissing ? 'server' : problemField);

  const { mail: mailInput, password: passwordInput, server: serverInput } = inputs;
  useEffect(() => {
    if (wrongField === null) return;
    if (wrongField === 'server') setServerShown(true);
    // After the field that may just have been shown is there.
    const shown = { mail: mailInput, password: passwordInput, server: serverInput };
    const frame = requestAnimationFrame(() => shown[wrongField].current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [wrongField, problem, mailInput, passwordInput, serverInput]);

  function describe(part: Partial<WizardMailbox>): void {
    setInvalid(null);
    onChange(part);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const lacks = !/^[^\s@]+@[^\s@]+$/.test(mailbox.mail.trim())
      ? 'mail'
      : asksPassword && password === ''
        ? 'password'
        : null;
    setInvalid(lacks);
    if (lacks === null) onSubmit(asksPassword ? password : null, keep);
    else inputs[lacks].current?.focus();
  }

  const noticeId = `${side}-problem`;
  const describedBy = (field: FieldName) => (problemField === field ? noticeId : undefined);
  const attemptsLeft = problem?.details['attemptsLeft'];
  const notice =
    problem === null ? null : (
      <>
        <ProblemNotice id={noticeId} problem={problem} takesFocus={problemField === null} />
        {typeof attemptsLeft === 'number' ? (
          <p>
            <strong>{words.signInSteps.attemptsLeft(attemptsLeft)}</strong>
          </p>
        ) : null}
        {help}
      </>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Field
        id="mail"
        label={words.signIn.mail}
        hint={words.signIn.mailHint}
        type="email"
        autoComplete="username"
        value={mailbox.mail}
        onChange={mail => describe({ mail })}
        error={invalid === 'mail' ? words.signIn.mailInvalid : null}
        describedBy={describedBy('mail')}
        inputRef={inputs.mail}
      />
      {problemField === 'mail' ? notice : null}
      {asksPassword ? (
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
          error={invalid === 'password' ? words.signIn.passwordMissing : null}
          describedBy={describedBy('password')}
          inputRef={inputs.password}
        />
      ) : (
        <>
          <Notice kind="info">{words.signInSteps.withBrowser}</Notice>
          <Checkbox
            id="keep"
            label={words.signInSteps.keep}
            hint={words.signInSteps.keepHint}
            checked={keep}
            onChange={setKeep}
          />
        </>
      )}
      {problemField === 'password' ? notice : null}
      {!asksPassword ? null : serverShown ? (
        <Field
          id="server"
          label={words.signIn.server}
          hint={words.signIn.serverHint}
          value={mailbox.server}
          onChange={server => describe({ server })}
          error={serverMissing ? words.signIn.serverMissing : null}
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
      <Actions onBack={back}>
        <MainAction busy={busy}>{words.signIn.submit}</MainAction>
      </Actions>
    </form>
  );
}
