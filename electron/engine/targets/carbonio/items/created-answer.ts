import * as z from 'zod';

const id = z.union([z.string(), z.number()]).transform(String);
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value): unknown => (Array.isArray(value) ? value : [value]), z.array(item));

/** CreateContact. */
export const createdAnswer = z.object({ cn: oneOrMore(z.object({ id })) });
