import * as z from 'zod';
import { TravasoError } from '../../../../../shared/errors.ts';

const withId = z.object({ id: z.string().min(1) });

/** The id of what was created or listed. Without one the answer is nothing of Graph's, and what became of it is open. */
export function idOf(answer: unknown): string {
  const parsed = withId.safeParse(answer);
  if (!parsed.success) throw new TravasoError('SERVER_BUSY', { reason: 'no-graph-answer' }, { retryAfterMs: 10_000 });
  return parsed.data.id;
}

/** As a segment of a path: ids hold `=`, `+` and `/`. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}
