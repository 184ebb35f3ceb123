import * as z from 'zod';
import { settingsSchema } from './settings.ts';
import { wizardStateSchema } from './wizard.ts';

/** An archive the person worked on, newest first in the list. What is in it is asked from the engine. */
export const knownArchiveSchema = z.object({ path: z.string().min(1), lastUsed: z.iso.datetime() });
export type KnownArchive = z.infer<typeof knownArchiveSchema>;

const browsingSchema = z.object({ open: z.array(z.string().min(1)), at: z.string().nullable() });
export type Browsing = z.infer<typeof browsingSchema>;
export const notBrowsing: Browsing = { open: [], at: null };

/** All that the screens remember between two starts. The host keeps it; a password never gets here. */
export const rememberedSchema = z.object({
  version: z.literal(1),
  settings: settingsSchema,
  wizard: wizardStateSchema.nullable(),
  archives: z.array(knownArchiveSchema),
  /** The archives open in "Archivio" and the one in front. Absent in what was kept before there was any. */
  browsing: browsingSchema.default(notBrowsing),
});
export type Remembered = z.infer<typeof rememberedSchema>;

const mostArchives = 50;

/** What was kept is untrusted: an older or damaged state begins afresh rather than stop the window from opening. */
export function readRemembered(kept: unknown, defaults: Remembered['settings']): Remembered {
  const parsed = rememberedSchema.safeParse(kept);
  return parsed.success
    ? parsed.data
    : { version: 1, settings: defaults, wizard: null, archives: [], browsing: notBrowsing };
}

export function withArchive(archives: readonly KnownArchive[], path: string, now: Date): KnownArchive[] {
  const others = archives.filter(archive => archive.path !== path);
  return [{ path, lastUsed: now.toISOString() }, ...others].slice(0, mostArchives);
}

export function withOpen({ open }: Browsing, path: string): Browsing {
  return { open: open.includes(path) ? open : [...open, path], at: path };
}

/** The one beside it comes to the front. */
export function withoutOpen({ open, at }: Browsing, path: string): Browsing {
  const left = open.filter(other => other !== path);
  return { open: left, at: at === path ? (left[Math.min(open.indexOf(path), left.length - 1)] ?? null) : at };
}
