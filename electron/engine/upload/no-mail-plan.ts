import type { Problem } from '../../../shared/errors.ts';
import type { JobOutcome } from '../jobs/job-context.ts';

/** What there is to say of mail where the account holds none. */
export function noMailPlan(dryRun: boolean, freeze: Problem | null): JobOutcome {
  if (!dryRun) return {};
  const warnings = freeze === null ? [] : [{ problem: { ...freeze, details: { ...freeze.details } }, folder: null }];
  return {
    plan: {
      folders: [],
      messages: 0,
      octets: 0,
      limits: { maxMessageBytes: null, maxLineOctets: null, quota: null },
      refusals: [],
      repaired: [],
      duplicates: { messages: 0, octets: 0, sent: 'one', listed: [] },
      lostKeywords: [],
      warnings,
      estimate: null,
      quotaProblem: null,
    },
  };
}
