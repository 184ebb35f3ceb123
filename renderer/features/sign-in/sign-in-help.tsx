import { useState } from 'react';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { DoctorDialog } from '../doctor/doctor-dialog.tsx';
import { LetterDialog } from './letter-dialog.tsx';
import type { Side } from './sign-in.ts';

interface SignInHelpProps {
  readonly problem: Problem;
  readonly mail: string;
  readonly server: string;
  readonly side: Side;
}

/** What only the IT office can change, and only after it was asked. */
const forTheOffice: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['SIGNIN_UNAVAILABLE']);

/** Beneath a refusal: look at it step by step, or ask those who can mend it. */
export function SignInHelp({ problem, mail, server, side }: SignInHelpProps) {
  const words = useWords().signInSteps;
  const [open, setOpen] = useState<'doctor' | 'letter' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <p>
        <QuietAction onClick={() => setOpen('doctor')}>{words.help}</QuietAction>
      </p>
      {forTheOffice.has(problem.code) || problem.code.startsWith('MICROSOFT_') ? (
        <p>
          <QuietAction onClick={() => setOpen('letter')}>{words.letter.open}</QuietAction>
        </p>
      ) : null}
      {open === 'doctor' ? <DoctorDialog mail={mail} server={server} side={side} onClose={close} /> : null}
      {open === 'letter' ? <LetterDialog mail={mail} onClose={close} /> : null}
    </>
  );
}
