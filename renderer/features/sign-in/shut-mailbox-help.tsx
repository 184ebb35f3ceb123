import type { Problem } from '../../../shared/errors.ts';
import { useWizard } from '../../services.ts';
import { SignInHelp } from './sign-in-help.tsx';
import { isShutToPrograms } from './sign-in.ts';
import type { Side } from './sign-in.ts';

/** Some mailboxes say only to a job that they are shut to programs: there, too, is the letter to those who can open them. */
export function ShutMailboxHelp({ problem, side }: { readonly problem: Problem; readonly side: Side }) {
  const [wizard] = useWizard();
  const { mail, server } = wizard[side];
  if (!isShutToPrograms(problem.code)) return null;
  return <SignInHelp problem={problem} mail={mail} server={server.trim()} side={side} />;
}
