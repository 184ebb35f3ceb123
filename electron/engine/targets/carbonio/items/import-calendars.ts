import * as z from 'zod';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { read } from '../read.ts';
import { isBlocked, uploadOctets } from './upload-octets.ts';

const several = <T extends z.ZodType>(item: T) =>
  z.preprocess((value): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item));
const answerSchema = z.object({ appt: several(z.object({ ids: z.string().catch('') })) });

/**
 * Has the server read several iCalendar objects into one folder, as its own pages do. Nobody is written to: it stores
 * what it reads and sends no invitation (ImportAppointments, Mailbox.addInvite). What it cannot read it passes over, and
 * says nothing but the ids of what it took.
 *
 * @returns the item's id for each component taken, in their order
 * @throws SoapFault
 */
export async function importCalendars(
  session: SoapSession,
  folderId: string,
  text: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const request = { ct: 'text/calendar', l: folderId, content: await contentOf(session, text, signal) };
  const { appt } = await read(session, 'ImportAppointmentsRequest', request, answerSchema, signal);
  // `257-258`: the item, and the message that holds this component.
  return appt.flatMap(({ ids }) => ids.split(',')).flatMap(id => /^(\d{1,15})(?:-|$)/.exec(id)?.[1] ?? []);
}

/** An upload is what pages do, and has room for files; where none gets through, the text goes in the request itself. */
async function contentOf(
  session: SoapSession,
  text: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const upload = { octets: Buffer.from(text), type: 'text/calendar', fileName: 'calendar.ics' };
  try {
    return { aid: await uploadOctets(session, upload, signal) };
  } catch (error) {
    if (!isBlocked(error)) throw error;
    return { _content: text };
  }
}
