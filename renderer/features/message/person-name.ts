import type { Person } from '../../../shared/model/message-view.ts';

/** The address always stands there: a name is whatever its sender chose to write, often another address. */
export function personName({ name, address }: Person): string {
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}
