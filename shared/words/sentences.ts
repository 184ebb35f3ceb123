/**
 * What a person is told about one problem. `{name}` stands for `Problem.details.name`; what follows a bar is said
 * when that detail is missing: `{host|the mail server}`. Which names a code may use is fixed in `placeholders.ts`.
 */
export interface Sentences {
  /** What happened. */
  readonly happened: string;
  /** Is my mail safe? */
  readonly safe: string;
  /** What do I do now? */
  readonly now: string;
  /** What the help desk needs to hear. The only sentence that may be technical; the code is put before it. */
  readonly desk: string;
}
