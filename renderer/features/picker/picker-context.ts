import { createContext, useContext } from 'react';
import type { FileKind } from '../../../shared/host-contract.ts';

/** Asks the person for a place, in the system's dialog or in one drawn by us. Null when they changed their mind. */
export interface Picker {
  folder(note?: string): Promise<string | null>;
  /** A file to read. `note` says above a dialog of ours why it opened. */
  file(note?: string): Promise<string | null>;
  newFile(kind: FileKind, suggestedName: string): Promise<string | null>;
}

const nobody: Picker = {
  folder: () => Promise.resolve(null),
  file: () => Promise.resolve(null),
  newFile: () => Promise.resolve(null),
};

export const PickerContext = createContext<Picker>(nobody);

export function usePicker(): Picker {
  return useContext(PickerContext);
}
