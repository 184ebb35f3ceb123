import { useState } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { DoctorDialog } from '../doctor/doctor-dialog.tsx';
import { useOrganisation } from '../organisation/use-organisation.ts';
import { LetterDialog } from './letter-dialog.tsx';
import type { Side } from './sign-in.ts';

interface SignInHelpProps {
  readonly problem: Problem;
  readonly mail: string;
  readonly server: string;
  readonly side: Side;
  /** Absent where nobody is asked for a password. */
  readonly onWebPage?: () => void;
}

/** Beneath a refusal: look at it step by step, or ask those who can mend it. */
export function SignInHelp({ problem, mail, server, side, onWebPage }: SignInHelpProps) {
  const words = useWords().signInSteps;
  const { profile } = useOrganisation();
  const letter = letterAddress(problem, mail, profile?.[side].kind);
  const [open, setOpen] = useState<'doctor' | 'letter' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      {problem.details['webPage'] === true && onWebPage !== undefined ? (
        <p>
          <QuietAction onClick={onWebPage}>{words.webPage.instead}</QuietAction>
        </p>
      ) : null}
      <p>
        <QuietAction onClick={() => setOpen('doctor')}>{words.help}</QuietAction>
      </p>
      {letter === null ? null : (
        <p>
          <QuietAction onClick={() => setOpen('letter')}>{words.letter.open}</QuietAction>
        </p>
      )}
      {open === 'doctor' ? <DoctorDialog mail={mail} server={server} side={side} onClose={close} /> : null}
      {open === 'letter' && letter !== null ? <LetterDialog address={letter} onClose={close} /> : null}
    </>
  );
}

type MailboxKind = OrganisationProfile['source' | 'target']['kind'];

/** Whose door the letter is about, where only the IT office can open it and only after it was asked; null for others. */
function letterAddress({ code, details }: Problem, mail: string, kind: MailboxKind | undefined): string | null {
  const isMicrosofts = code.startsWith('MICROSOFT_') || code === 'MAILBOX_NOT_CONNECTED';
  const isShut = code === 'SIGNIN_UNAVAILABLE' || code === 'IMAP_NOT_ENABLED';
  if (isMicrosofts || (isShut && kind === 'microsoft365')) return `microsoft365:${mail}`;
  const { host } = details;
  if (code !== 'SIGNIN_BROWSER_ONLY' || typeof host !== 'string') return null;
  return `${kind === 'zimbra' ? 'zimbra' : 'carbonio'}://${encodeURIComponent(mail)}@${host}`;
}
