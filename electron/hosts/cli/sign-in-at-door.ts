import { setTimeout as delay } from 'node:timers/promises';
import type { Output } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { SignInStep } from '../../../shared/model/sign-in.ts';
import type { TlsMode } from '../../../shared/account-address.ts';
import { explain } from '../../../shared/words/explain.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { CommandContext } from './run-command-line.ts';
import { signInWords } from './sign-in-words.ts';

/** How often the engine is asked how far the browser is. Milliseconds. */
const pollMs = 200;

export interface DoorRequest {
  readonly address: string;
  readonly tls: TlsMode | undefined;
  readonly caFile: string | undefined;
  readonly password: string | null;
  readonly way: 'usual' | 'deviceCode';
  readonly language: Language;
  /** The next code to try; `ask` says what for. Null when there is none. */
  readonly code: (ask: string) => Promise<string | null>;
  /** What mail programs sign in with, where it is not the password. */
  readonly appPassword: string | null;
}

type Reached = Output<'signIn.begin'>;

/**
 * Signs in at an account's own door, step by step, and comes to the sign-in's id. What the person reads goes to
 * standard error: standard output is for results.
 */
export async function signInAtDoor(request: DoorRequest, context: CommandContext): Promise<string> {
  const { io, engine } = context;
  const { address, tls, caFile, password, way } = request;
  let reached = await engine.api['signIn.begin']({
    address,
    ...(tls === undefined ? {} : { tls }),
    ...(caFile === undefined ? {} : { caFile }),
    password,
    way,
    // Who writes a server's name into a command has said that it is the right one.
    acceptHost: true,
  });
  const { signInId } = reached;
  const giveUp = (): void => {
    void engine.api['signIn.forget']({ signInId }).catch(() => undefined);
  };
  io.on('SIGINT', giveUp);
  io.on('SIGTERM', giveUp);
  try {
    let told: SignInStep['step'] | null = null;
    for (;;) {
      const { step } = reached;
      if (step.step === 'done') {
        io.stderr.write(`${signInWords[request.language].done(step.identity)}\n`);
        return signInId;
      }
      if (step.step !== told || step.step === 'code') tell(step, request.language, context);
      told = step.step;
      reached = await nextStep(reached, request, context);
    }
  } finally {
    io.off('SIGINT', giveUp);
    io.off('SIGTERM', giveUp);
  }
}

async function nextStep({ signInId, step }: Reached, request: DoorRequest, context: CommandContext): Promise<Reached> {
  const { api } = context.engine;
  switch (step.step) {
    case 'browser':
    case 'deviceCode':
      await delay(pollMs);
      return await api['signIn.read']({ signInId }).catch((error: unknown) => {
        // Given up in the meantime.
        if (error instanceof TravasoError && error.code === 'SIGNIN_EXPIRED')
          throw new TravasoError('SIGNIN_CANCELLED', {}, { cause: error });
        throw error;
      });
    case 'code': {
      const code = await request.code(signInWords[request.language].askCode);
      if (code === null) throw thrown(step.problem ?? { code: 'SIGNIN_CODE_NEEDED', details: {} });
      return await api['signIn.answer']({ signInId, answer: { answer: 'code', code, trust: false } });
    }
    case 'appPassword': {
      const refused = step.problem?.code === 'IMAP_APP_PASSWORD_NEEDED' ? null : step.problem;
      const { appPassword } = request;
      if (refused !== null || appPassword === null)
        throw thrown(refused ?? { code: 'IMAP_APP_PASSWORD_NEEDED', details: { host: step.host } });
      const answer = { answer: 'appPassword', password: appPassword } as const;
      return await api['signIn.answer']({ signInId, answer });
    }
    // No such window here: the engine says so by itself, and this is for completeness.
    case 'webPage':
      throw new TravasoError('SIGNIN_BROWSER_ONLY', { host: step.host });
    // Choosing a password or setting up an authenticator takes a screen.
    case 'newPassword':
      throw new TravasoError('PASSWORD_CHANGE_DEMANDED');
    case 'enrolment':
      throw new TravasoError('SECOND_FACTOR_SETUP_NEEDED');
    case 'failed':
      throw thrown(step.problem);
    case 'done':
      return { signInId, step };
  }
}

function tell(step: SignInStep, language: Language, { io }: CommandContext): void {
  const words = signInWords[language];
  if (step.step === 'browser') io.stderr.write(`${words.browser}\n  ${step.url}\n`);
  if (step.step === 'deviceCode') io.stderr.write(`${words.deviceCode(step.userCode)}\n  ${step.url}\n`);
  if (step.step !== 'code' || step.problem === null) return;
  const { happened, deskCode } = explain(step.problem, language);
  io.stderr.write(`${happened} (${deskCode})\n`);
  if (step.attemptsLeft !== null) io.stderr.write(`${words.attemptsLeft(step.attemptsLeft)}\n`);
}

function thrown({ code, details }: Problem): TravasoError {
  return new TravasoError(code, details);
}
