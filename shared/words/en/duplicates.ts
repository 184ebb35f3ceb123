import type { Sentences } from '../sentences.ts';

/** Messages that came into the archive by two ways. */
export const duplicates = {
  MESSAGE_REPRESENTED: {
    happened: 'A message was in the archive twice, and one copy was uploaded.',
    safe: 'The archive keeps both. The uploaded one is in {folder|another folder}.',
    now: 'You need do nothing. For the other copy too, upload again and ask for all copies.',
    desk: 'Represented by {folder|another folder} no. {number|not known}; --duplicates all sends it.',
  },
} as const satisfies Record<string, Sentences>;
