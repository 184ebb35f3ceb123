import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import type { SignInWay } from '../../../shared/model/sign-in.ts';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import { useServices, useWizard, useWords } from '../../services.ts';
import type { WizardMailbox, WizardStep } from '../../state/wizard.ts';
import { useTask } from '../../use-task.ts';
import { FreezeNotice } from '../organisation/freeze-notice.tsx';
import { useOrganisation } from '../organisation/use-organisation.ts';
import { StepScreen } from '../step-screen.tsx';
import { ConfirmHost } from './confirm-host.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { SignInHelp } from './sign-in-help.tsx';
import { SignInSteps } from './sign-in-steps.tsx';
import { beginSignIn } from './sign-in.ts';
import type { Begun, ChosenAccount, Side } from './sign-in.ts';

interface SignInScreenProps {
  readonly side: Side;
  readonly back: WizardStep;
  readonly next: WizardStep;
}

interface SignInPanelProps {
  readonly side: Side;
  readonly mailbox: WizardMailbox;
  readonly onChange: (mailbox: WizardMailbox) => void;
  readonly onSignedIn: (begun: Begun) => void;
  readonly onBack: () => void;
  /** What stands around it; `asks` while it is the form. */
  readonly children: (shown: ReactNode, asks: boolean) => ReactNode;
}

/** What is shown: the form, a host to confirm, or the questions after the password. */
type Stage =
  | { readonly at: 'form' }
  | {
      readonly at: 'host';
      readonly found: readonly FoundAccount[];
      readonly password: string | null;
      readonly way: SignInWay;
    }
  | { readonly at: 'steps'; readonly begun: Begun };

/** Letting the person into one mailbox. */
export function SignInScreen({ side, back, next }: SignInScreenProps) {
  const words = useWords();
  const { session } = useServices();
  const [wizard, change] = useWizard();
  return (
    <SignInPanel
      side={side}
      mailbox={wizard[side]}
      onChange={mailbox => change({ [side]: mailbox })}
      onSignedIn={({ account, signInId, byPage = false }) => {
        session[side] = signInId;
        if (side === 'source') session.surveyId = null;
        change({ [side]: { ...wizard[side], account, byPage }, step: next });
      }}
      onBack={() => change({ step: back })}
    >
      {(shown, asks) => (
        <StepScreen step={side} title={words.signIn[side].title} {...(asks ? { lead: words.signIn[side].lead } : {})}>
          {asks ? <FreezeNotice /> : null}
          {shown}
        </StepScreen>
      )}
    </SignInPanel>
  );
}

/** The way into a mailbox by itself, for other places than a step of the assistant. */
export function SignInPanel({ side, mailbox, onChange, onSignedIn, onBack, children }: SignInPanelProps) {
  const words = useWords();
  const { client } = useServices();
  const { profile: organisation } = useOrganisation();
  const [stage, setStage] = useState<Stage>({ at: 'form' });
  const [ended, setEnded] = useState<Problem | null>(null);
  const [serverMissing, setServerMissing] = useState(false);
  const [status, setStatus] = useState('');
  const task = useTask();
  const mail = mailbox.mail.trim();
  const domain = mail.slice(mail.lastIndexOf('@') + 1).toLowerCase();
  const profiled = organisation?.domains.includes(domain) === true ? organisation[side] : null;
  const asksPassword = profiled?.kind !== 'microsoft365' || mailbox.server.trim() !== '';

  function describe(part: Partial<WizardMailbox>): void {
    setServerMissing(false);
    setEnded(null);
    onChange({ ...mailbox, ...part, account: null });
  }

  async function begin(
    accounts: readonly ChosenAccount[],
    password: string | null,
    options: { readonly acceptHost?: boolean; readonly way?: SignInWay; readonly keep?: boolean } = {},
  ): Promise<void> {
    const { acceptHost = false, keep = false, way } = options;
    const begun = await beginSignIn(client, accounts, {
      password,
      acceptHost,
      keep,
      ...(way === undefined ? {} : { way }),
      onTrying: account => setStatus(words.signIn.entering(hostOf(account.address))),
    });
    if (begun.step.step === 'done') onSignedIn(begun);
    else setStage({ at: 'steps', begun });
  }

  function run(work: () => Promise<void>): void {
    setEnded(null);
    setServerMissing(false);
    task.run(async () => {
      try {
        await work();
      } finally {
        setStatus('');
      }
    });
  }

  function submit(password: string | null, keep: boolean, way: SignInWay = 'usual'): void {
    run(async () => {
      setStatus(words.signIn.finding);
      const server = mailbox.server.trim();
      const { accounts } = await client.call('account.find', {
        mail,
        server: server === '' ? null : server,
        role: side,
      });
      const [first] = accounts;
      if (first === undefined) {
        setServerMissing(true);
        return;
      }
      // Those that somebody vouches for are tried alone; a stranger's only when there is no other.
      const known = accounts.filter(({ judgement: { verdict } }) => verdict === 'named' || verdict === 'own');
      if (known.length > 0) await begin(known, password, { keep, way });
      else setStage({ at: 'host', found: accounts, password, way });
    });
  }

  function show() {
    switch (stage.at) {
      case 'host':
        return (
          <ConfirmHost
            account={stage.found[0] as FoundAccount}
            mail={mail}
            onAccept={() => {
              const { found, password, way } = stage;
              setStage({ at: 'form' });
              run(() => begin(sameHost(found), password, { acceptHost: true, way }));
            }}
            back={() => setStage({ at: 'form' })}
          />
        );
      case 'steps':
        return (
          <SignInSteps
            key={stage.begun.signInId}
            begun={stage.begun}
            onDone={onSignedIn}
            onEnd={problem => {
              setEnded(problem);
              setStage({ at: 'form' });
            }}
            onDeviceCode={() => {
              const { account, signInId } = stage.begun;
              run(async () => {
                await client.call('signIn.forget', { signInId });
                await begin([account], null, { way: 'deviceCode' });
              });
            }}
          />
        );
      case 'form': {
        const problem = task.problem ?? ended;
        return (
          <SignInForm
            side={side}
            mailbox={mailbox}
            asksPassword={asksPassword}
            busy={task.busy}
            status={status}
            problem={problem}
            serverMissing={serverMissing}
            help={
              problem === null ? null : (
                <SignInHelp
                  problem={problem}
                  mail={mail}
                  server={mailbox.server.trim()}
                  side={side}
                  onWebPage={() => submit(null, false, 'webPage')}
                />
              )
            }
            onChange={describe}
            onSubmit={submit}
            back={onBack}
          />
        );
      }
    }
  }

  return children(show(), stage.at === 'form');
}

/** The person agreed to one host, not to the others of the list. */
function sameHost(found: readonly FoundAccount[]): readonly FoundAccount[] {
  return found.filter(({ host }) => host === found[0]?.host);
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
