/** The page that says how to carry over by hand what no server takes by itself. */
export interface HandoverWords {
  readonly title: string;
  /** What this is, that the archive keeps everything, that nothing must be done in a hurry. */
  readonly intro: readonly string[];
  readonly pageName: string;
  readonly filesHeading: string;
  readonly filesCaption: string;
  readonly columns: { readonly file: string; readonly from: string; readonly items: string };
  readonly kinds: Readonly<Record<HandoverKind, HandoverSection>>;
  readonly lists: { readonly heading: string; readonly text: string };
  readonly flawed: { readonly heading: string; readonly text: string };
  readonly copyHint: string;
  readonly signature: (name: string) => string;
  readonly footer: string;
}

export type HandoverKind = 'contact' | 'event' | 'task' | 'rule' | 'signature' | 'settings' | 'note' | 'file';

export interface HandoverSection {
  /** Of the folder with its files: ASCII, for every file system. */
  readonly directory: string;
  readonly heading: string;
  readonly text: string;
  readonly ways: readonly { readonly name: string; readonly steps: readonly string[] }[];
}
