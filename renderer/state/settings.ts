import * as z from 'zod';
import { languages } from '../../shared/words/language.ts';

export const textSizes = ['normal', 'large', 'larger'] as const;
export type TextSize = (typeof textSizes)[number];

/** What the person chose for this computer. The theme is not among them: it follows the system's. */
export const settingsSchema = z.object({ language: z.enum(languages), textSize: z.enum(textSizes) });
export type Settings = z.infer<typeof settingsSchema>;
