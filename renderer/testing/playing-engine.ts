import type { JobSnapshot } from '../../shared/model/job.ts';
import type { Answers } from './fake-engine.ts';
import { jobAt, jobIds } from './sample-jobs.ts';
import type { SampleKind } from './sample-jobs.ts';

const steps = 8;
const stepMs = 120;

/** An engine whose jobs go on by themselves, stop when asked and refuse one password: enough for a whole journey. */
export function playingAnswers(tell: (snapshot: JobSnapshot) => void): Answers {
  const shares = new Map<SampleKind, number>();
  const timers = new Map<string, ReturnType<typeof setInterval>>();

  function start(kind: SampleKind): { jobId: string } {
    const jobId = jobIds[kind];
    clearInterval(timers.get(jobId));
    tell(jobAt(kind, shares.get(kind) ?? 0));
    const timer = setInterval(() => {
      const share = Math.min(1, (shares.get(kind) ?? 0) + 1 / steps);
      shares.set(kind, share);
      tell(jobAt(kind, share, { status: share === 1 ? 'succeeded' : 'running' }));
      if (share === 1) clearInterval(timer);
    }, stepMs);
    timers.set(jobId, timer);
    return { jobId };
  }

  return {
    'signIn.begin': ({ password }) => {
      const signInId = crypto.randomUUID();
      if (password !== 'sbagliata') return { signInId, step: { step: 'done', identity: 'anna', kept: false } };
      const problem = { code: 'SIGNIN_REFUSED', details: { host: 'posta.ente.it' } } as const;
      return { signInId, step: { step: 'failed', problem, attemptsLeft: null } };
    },
    'backup.start': () => start('backup'),
    'verify.start': ({ target }) => start(target === null ? 'verify' : 'check'),
    'upload.plan': () => start('plan'),
    'upload.start': () => start('upload'),
    'jobs.pause': ({ jobId }) => {
      clearInterval(timers.get(jobId));
      const kind = (Object.keys(jobIds) as SampleKind[]).find(key => jobIds[key] === jobId);
      if (kind !== undefined) tell(jobAt(kind, shares.get(kind) ?? 0, { status: 'paused' }));
      return {};
    },
  };
}
