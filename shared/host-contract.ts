import * as z from 'zod';

/**
 * What a screen asks of the host it runs in (the Electron window, or the browser on loopback) rather than of the
 * engine: choosing places on disk, keeping its own state, printing. Same form as the contract's table, same wire;
 * the host answers these itself and the engine never sees them.
 */

/** Any absolute path; the host looks whether it is within reach. */
const path = z.string().min(1).max(4096);
/** One that was granted before. */
const grantedPath = path.meta({ role: 'path' });
const nothing = z.object({});

/** Null when the person dismissed the dialog. A path that comes back is granted: methods accept it from then on. */
const picked = z.object({ path: path.nullable() });

export const fileKinds = ['pst', 'mbox', 'tgz', 'html', 'pdf', 'json', 'zip', 'certificate', 'any'] as const;
export type FileKind = (typeof fileKinds)[number];

export const hostInfoSchema = z.object({
  host: z.enum(['window', 'browser']),
  version: z.string(),
  /** The system's language where it is one of ours, else Italian. */
  language: z.enum(['it', 'en']),
  /** `native`: use `host.pick…` and `host.saveFile`. `listed`: draw the dialog from `host.listFolder` and `host.grant`. */
  picker: z.enum(['native', 'listed']),
  /** Whether `host.printReport` works; otherwise the page prints itself with `window.print()`. */
  printsToPdf: z.boolean(),
  /** Whether closing the window can leave the work going in the tray. */
  tray: z.boolean(),
});
export type HostInfo = z.infer<typeof hostInfoSchema>;

export const hostMethods = {
  'host.info': { input: nothing, output: hostInfoSchema },

  /** The language of what the host says itself: dialogs, tray, notifications. Kept for the next start. */
  'host.setLanguage': { input: z.object({ language: z.enum(['it', 'en']) }), output: nothing },

  /** The system's own dialogs (`native`). */
  'host.pickFolder': { input: z.object({ startAt: path.nullable() }), output: picked },
  'host.pickFile': { input: z.object({ kind: z.enum(fileKinds), startAt: path.nullable() }), output: picked },
  'host.saveFile': { input: z.object({ kind: z.enum(fileKinds), suggestedName: z.string().max(200) }), output: picked },

  /** One level of a folder within reach (home, mounted media); null lists the places to start from (`listed`). */
  'host.listFolder': {
    input: z.object({ path: path.nullable() }),
    output: z.object({
      path: path.nullable(),
      /** Null at the top of what may be reached: back to the places to start from. */
      parent: path.nullable(),
      entries: z.array(z.object({ name: z.string(), path, kind: z.enum(['folder', 'file']) })),
      /** Whether there was more than could be listed (the first 2,000 are). */
      truncated: z.boolean(),
    }),
  },
  'host.createFolder': {
    input: z.object({ parent: path, name: z.string().min(1).max(200) }),
    output: z.object({ path }),
  },
  /**
   * Grants a place seen with `host.listFolder`: a folder with all beneath it, a file to read, or a `new-file` to be
   * written (its folder must exist).
   */
  'host.grant': { input: z.object({ path, as: z.enum(['folder', 'file', 'new-file']) }), output: z.object({ path }) },

  /**
   * The screen's own memory (choices, step reached, language, known archives), kept by the host because a browser
   * forgets the origin of a random port. Any JSON up to 256 KiB; null when nothing was kept. Never passwords.
   */
  'host.readState': { input: nothing, output: z.object({ state: z.json() }) },
  'host.writeState': { input: z.object({ state: z.json() }), output: nothing },

  /** A report written by `report.write` as HTML, printed to a tagged PDF beside or where the person chose. */
  'host.printReport': { input: z.object({ html: grantedPath, pdf: grantedPath }), output: nothing },
  /**
   * A document made from a message, already cleaned, to be shown in a frame under a policy of its own: no script, no
   * network. Fetched once from `path`, which is relative to the screen's origin.
   */
  'host.frameDocument': {
    input: z.object({ html: z.string().max(20 * 1024 * 1024), use: z.enum(['read', 'print']) }),
    output: z.object({ path: z.string() }),
  },
  /** The same, printed to a tagged PDF (`printsToPdf`). */
  'host.printDocument': {
    input: z.object({ html: z.string().max(20 * 1024 * 1024), pdf: grantedPath }),
    output: nothing,
  },
  /** A link of a message, in the system's browser, after the person saw where it leads. Web addresses only. */
  'host.openLink': { input: z.object({ url: z.url({ protocol: /^https?$/ }).max(8192) }), output: nothing },

  /** Text for the help desk, which the person has seen, to a file the person chose. */
  'host.writeText': { input: z.object({ path: grantedPath, text: z.string().max(1024 * 1024) }), output: nothing },
  /**
   * In the window, while the person drags: their hand then holds the message as an `.eml` file, octet for octet, called
   * after its subject as far as systems allow.
   */
  'host.startDrag': {
    input: z.object({ archive: grantedPath, folder: z.int(), number: z.int(), name: z.string() }),
    output: nothing,
  },
  /** Shows a granted file or folder in the system's file manager. */
  'host.reveal': { input: z.object({ path: grantedPath }), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type HostMethodName = keyof typeof hostMethods;
export type HostInput<M extends HostMethodName> = z.input<(typeof hostMethods)[M]['input']>;
export type HostOutput<M extends HostMethodName> = z.output<(typeof hostMethods)[M]['output']>;
export type HostApi = { readonly [M in HostMethodName]: (input: HostInput<M>) => Promise<HostOutput<M>> };
