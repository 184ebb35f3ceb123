import * as z from 'zod';
import { parseAccountAddress } from '../../../shared/account-address.ts';

/**
 * Every path of this computer that a value names, found by walking its schema: fields whose schema has the role
 * `path`, and the file behind an address such as `pst:…`. `value` must already fit the schema.
 */
export function pathsIn(schema: z.ZodType, value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  const role = schema.meta()?.['role'];
  if (role === 'path') return [value as string];
  if (role === 'address') return pathOfAddress(value as string);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return pathsIn(schema.unwrap() as z.ZodType, value);
  }
  if (schema instanceof z.ZodArray) {
    return (value as unknown[]).flatMap(item => pathsIn(schema.element as z.ZodType, item));
  }
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
      pathsIn(field, (value as Record<string, unknown>)[name]),
    );
  }
  return [];
}

function pathOfAddress(text: string): readonly string[] {
  try {
    const address = parseAccountAddress(text);
    return 'path' in address ? [address.path] : [];
  } catch {
    // No address at all: the engine will say so, and opens nothing.
    return [];
  }
}
