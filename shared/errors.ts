/**
 * Every way the product can fail a person, as data. A code crosses processes, is stored with jobs, is mapped to
 * words by `shared/words` and to an exit code by the command line; nobody reads an `Error`'s message to decide.
 *
 * `desk` is what the person reads aloud to the help desk; it never changes once released. The hundreds tell the
 * room: 1 the line, 2 TLS, 3 sign-in, 4 the old mailbox, 5 the archive and the disk, 6 the new mailbox, 7 the
 * person's own input, 9 our own faults.
 *
 * `exit` follows sysexits.h as fixed in the design: 64 usage, 65 bad input file, 69 server unreachable, 70 our own
 * fault, 73 disk, 74 integrity, 75 try again later, 77 sign-in, 79 target limits, 130 interrupted. A code that only
 * ever concerns one message or folder has exit 2: the run goes on and ends as partial.
 */
export const errorCodes = {
  SERVER_UNKNOWN_HOST: { desk: 'T-101', exit: 69 },
  SERVER_REFUSED_CONNECTION: { desk: 'T-102', exit: 69 },
  SERVER_UNREACHABLE: { desk: 'T-103', exit: 69 },
  SERVER_SILENT: { desk: 'T-104', exit: 75 },
  CONNECTION_LOST: { desk: 'T-105', exit: 75 },
  SERVER_BUSY: { desk: 'T-106', exit: 75 },
  SERVER_THROTTLED: { desk: 'T-107', exit: 75 },
  SERVER_NOT_IMAP: { desk: 'T-108', exit: 69 },
  PROXY_UNREACHABLE: { desk: 'T-109', exit: 69 },
  PROXY_REFUSED: { desk: 'T-110', exit: 69 },
  MAIL_NOT_THROUGH_PROXY: { desk: 'T-111', exit: 69 },

  TLS_CERTIFICATE_EXPIRED: { desk: 'T-201', exit: 69 },
  TLS_CERTIFICATE_WRONG_HOST: { desk: 'T-202', exit: 69 },
  TLS_CERTIFICATE_SELF_SIGNED: { desk: 'T-203', exit: 69 },
  TLS_CERTIFICATE_UNKNOWN_CA: { desk: 'T-204', exit: 69 },
  TLS_TOO_OLD: { desk: 'T-205', exit: 69 },
  TLS_NOT_OFFERED: { desk: 'T-206', exit: 69 },
  TLS_FAILED: { desk: 'T-207', exit: 69 },
  TLS_REQUIRED: { desk: 'T-208', exit: 64 },
  TLS_INTERCEPTED: { desk: 'T-209', exit: 0 },

  SIGNIN_REFUSED: { desk: 'T-301', exit: 77 },
  SIGNIN_UNAVAILABLE: { desk: 'T-302', exit: 77 },
  SIGNIN_EXPIRED: { desk: 'T-303', exit: 77 },
  SIGNIN_STEP_CONFLICT: { desk: 'T-304', exit: 77 },
  MICROSOFT_NOT_CONFIGURED: { desk: 'T-305', exit: 77 },
  SIGNIN_WRONG_ACCOUNT: { desk: 'T-306', exit: 77 },
  SIGNIN_CANCELLED: { desk: 'T-307', exit: 130 },
  SIGNIN_TIMED_OUT: { desk: 'T-308', exit: 77 },
  MICROSOFT_CONSENT_REFUSED: { desk: 'T-309', exit: 77 },
  MICROSOFT_APPROVAL_NEEDED: { desk: 'T-310', exit: 77 },
  MICROSOFT_SECOND_FACTOR_NEEDED: { desk: 'T-311', exit: 77 },
  MICROSOFT_SECOND_FACTOR_MISSING: { desk: 'T-312', exit: 77 },
  MICROSOFT_ACCOUNT_LOCKED: { desk: 'T-313', exit: 77 },
  MICROSOFT_PASSWORD_EXPIRED: { desk: 'T-314', exit: 77 },
  MICROSOFT_FOREIGN_ACCOUNT: { desk: 'T-315', exit: 77 },
  MICROSOFT_REGISTRATION_UNKNOWN: { desk: 'T-316', exit: 77 },
  MICROSOFT_NOT_ASSIGNED: { desk: 'T-317', exit: 77 },
  MICROSOFT_DEVICE_NOT_MANAGED: { desk: 'T-318', exit: 77 },
  MICROSOFT_BLOCKED_BY_POLICY: { desk: 'T-319', exit: 77 },
  MICROSOFT_REGISTRATION_WRONG: { desk: 'T-320', exit: 77 },
  MICROSOFT_DEVICE_CODE_EXPIRED: { desk: 'T-321', exit: 77 },
  MICROSOFT_SIGNIN_FAILED: { desk: 'T-322', exit: 77 },
  MICROSOFT_ITEMS_NOT_APPROVED: { desk: 'T-323', exit: 0 },

  SIGNIN_CODE_REFUSED: { desk: 'T-330', exit: 77 },
  SIGNIN_CODE_USED: { desk: 'T-331', exit: 77 },
  SIGNIN_CODE_EXPIRED: { desk: 'T-332', exit: 77 },
  SIGNIN_CLOCK_SKEW: { desk: 'T-333', exit: 77 },
  SIGNIN_LOCKED: { desk: 'T-334', exit: 77 },
  SERVER_MAINTENANCE: { desk: 'T-335', exit: 75 },
  SECOND_FACTOR_SETUP_NEEDED: { desk: 'T-336', exit: 77 },
  MAILBOX_NOT_THERE: { desk: 'T-337', exit: 77 },
  IMAP_APP_PASSWORD_NEEDED: { desk: 'T-338', exit: 77 },
  PASSWORD_CHANGE_DEMANDED: { desk: 'T-339', exit: 77 },
  PASSWORD_CHANGE_TOO_SOON: { desk: 'T-340', exit: 77 },
  PASSWORD_RULES_BROKEN: { desk: 'T-341', exit: 77 },
  PASSWORD_USED_BEFORE: { desk: 'T-342', exit: 77 },
  PASSWORD_CHANGE_NOT_ALLOWED: { desk: 'T-343', exit: 77 },
  SIGNIN_BROWSER_ONLY: { desk: 'T-344', exit: 77 },
  SIGNIN_POLICY: { desk: 'T-345', exit: 77 },
  SIGNIN_CODE_NEEDED: { desk: 'T-346', exit: 77 },
  SERVER_NOT_ZIMBRA: { desk: 'T-347', exit: 69 },
  SERVER_FAULT: { desk: 'T-348', exit: 75 },
  SEARCH_FOLDER_SKIPPED: { desk: 'T-349', exit: 0 },

  FOLDER_LIST_INCOMPLETE: { desk: 'T-401', exit: 2 },
  FOLDER_VANISHED: { desk: 'T-402', exit: 2 },
  FOLDER_UNREADABLE: { desk: 'T-403', exit: 2 },
  MESSAGE_VANISHED: { desk: 'T-404', exit: 2 },
  MESSAGE_UNREADABLE: { desk: 'T-405', exit: 2 },
  MESSAGE_SIZE_DIFFERS: { desk: 'T-406', exit: 0 },
  FOLDER_SKIPPED: { desk: 'T-408', exit: 0 },
  SOURCE_FILE_DAMAGED: { desk: 'T-407', exit: 65 },
  FILE_UNREADABLE: { desk: 'T-409', exit: 2 },
  MBOX_VARIANT_ASSUMED: { desk: 'T-410', exit: 0 },
  DELETED_LEFT_OUT: { desk: 'T-411', exit: 0 },
  MESSAGE_INCOMPLETE: { desk: 'T-412', exit: 2 },
  ITEMS_LEFT_OUT: { desk: 'T-413', exit: 0 },
  ITEM_UNREADABLE: { desk: 'T-414', exit: 2 },
  ITEM_INCOMPLETE: { desk: 'T-415', exit: 2 },
  PST_PASSWORD_IGNORED: { desk: 'T-416', exit: 0 },
  ITEM_MALFORMED: { desk: 'T-430', exit: 2 },
  ITEMS_NOT_LISTED: { desk: 'T-431', exit: 2 },
  ITEM_ZONE_UNKNOWN: { desk: 'T-432', exit: 0 },
  ITEM_ENDLESS: { desk: 'T-433', exit: 0 },
  ITEM_NAMELESS: { desk: 'T-434', exit: 0 },
  TEXT_ENCODING_ASSUMED: { desk: 'T-450', exit: 0 },
  CSV_READ_AS: { desk: 'T-451', exit: 0 },
  CSV_COLUMNS_KEPT: { desk: 'T-452', exit: 0 },
  CSV_DATES_UNCERTAIN: { desk: 'T-453', exit: 0 },
  CSV_MONTH_FIRST_ASSUMED: { desk: 'T-454', exit: 0 },
  CSV_HEADINGS_UNKNOWN: { desk: 'T-455', exit: 65 },

  ARCHIVE_NOT_FOUND: { desk: 'T-501', exit: 65 },
  ARCHIVE_NOT_AN_ARCHIVE: { desk: 'T-502', exit: 65 },
  ARCHIVE_NEWER: { desk: 'T-503', exit: 65 },
  ARCHIVE_IN_USE: { desk: 'T-504', exit: 75 },
  ARCHIVE_CATALOGUE_DAMAGED: { desk: 'T-505', exit: 74 },
  ARCHIVE_DAMAGED: { desk: 'T-506', exit: 74 },
  ARCHIVE_FORMAT_FIXED: { desk: 'T-507', exit: 64 },
  DISK_FULL: { desk: 'T-510', exit: 73 },
  DISK_NOT_WRITABLE: { desk: 'T-511', exit: 73 },
  DISK_FAILED: { desk: 'T-512', exit: 74 },
  EXPORT_PLACE_TAKEN: { desk: 'T-513', exit: 73 },
  ARCHIVE_FILE_MISSING: { desk: 'T-520', exit: 74 },
  ARCHIVE_FILE_CHANGED: { desk: 'T-521', exit: 74 },
  ARCHIVE_FILE_EXTRA: { desk: 'T-522', exit: 74 },
  ARCHIVE_FILES_SWAPPED: { desk: 'T-523', exit: 74 },
  ARCHIVE_MESSAGE_CHANGED: { desk: 'T-524', exit: 74 },
  ARCHIVE_NOT_SEALED: { desk: 'T-525', exit: 74 },
  SEARCH_INDEX_DAMAGED: { desk: 'T-530', exit: 74 },
  SEARCH_INDEX_MISSING: { desk: 'T-531', exit: 64 },
  SEARCH_INDEX_FAILED: { desk: 'T-532', exit: 74 },

  SEALED_COPY_INVALID: { desk: 'T-535', exit: 65 },
  SEALED_KEY_WRONG: { desk: 'T-536', exit: 77 },
  SEALED_COPY_DAMAGED: { desk: 'T-537', exit: 74 },
  RECIPIENT_INVALID: { desk: 'T-538', exit: 64 },
  MESSAGE_PART_UNKNOWN: { desk: 'T-539', exit: 64 },
  MESSAGE_PART_UNREADABLE: { desk: 'T-540', exit: 65 },
  SAVE_FILE_EXISTS: { desk: 'T-541', exit: 73 },

  TARGET_QUOTA: { desk: 'T-601', exit: 79 },
  TARGET_MESSAGE_TOO_LARGE: { desk: 'T-602', exit: 2 },
  TARGET_LINE_TOO_LONG: { desk: 'T-603', exit: 2 },
  TARGET_NUL_OCTET: { desk: 'T-604', exit: 2 },
  TARGET_MESSAGE_REFUSED: { desk: 'T-605', exit: 2 },
  TARGET_FOLDER_REFUSED: { desk: 'T-606', exit: 2 },
  TARGET_FOLDER_RENAMED: { desk: 'T-607', exit: 0 },
  TARGET_KEYWORD_REFUSED: { desk: 'T-608', exit: 0 },
  TARGET_MESSAGE_MISSING: { desk: 'T-609', exit: 2 },
  TARGET_MESSAGE_DIFFERS: { desk: 'T-610', exit: 2 },
  TARGET_ATTRIBUTES_DIFFER: { desk: 'T-611', exit: 2 },
  TARGET_FOLDER_VANISHED: { desk: 'T-612', exit: 2 },
  TARGET_BYTES_REWRITTEN: { desk: 'T-613', exit: 0 },
  MAILBOX_NOT_CONNECTED: { desk: 'T-614', exit: 77 },
  TARGET_FOLDER_MERGED: { desk: 'T-615', exit: 0 },
  TARGET_HEADER_EIGHT_BIT: { desk: 'T-616', exit: 2 },
  TARGET_MESSAGE_REPAIRED: { desk: 'T-617', exit: 0 },
  TARGET_UNAVAILABLE_OR_FULL: { desk: 'T-618', exit: 75 },
  TARGET_TOO_MANY_FOLDERS: { desk: 'T-619', exit: 2 },
  TARGET_FOLDER_TOO_FULL: { desk: 'T-620', exit: 2 },
  RESTORE_NOTHING_CHOSEN: { desk: 'T-650', exit: 64 },
  RESTORE_PLACE_INVALID: { desk: 'T-651', exit: 64 },
  ITEM_REFUSED: { desk: 'T-640', exit: 2 },
  ITEM_FIELDS_CHANGED: { desk: 'T-641', exit: 0 },
  ITEM_MISSING: { desk: 'T-642', exit: 2 },
  ITEM_DIFFERS: { desk: 'T-643', exit: 2 },
  ITEMS_BY_HAND: { desk: 'T-644', exit: 0 },
  ITEM_FOLDER_REFUSED: { desk: 'T-645', exit: 2 },
  SETTINGS_NOT_SET: { desk: 'T-646', exit: 0 },
  SERVER_NOT_DAV: { desk: 'T-647', exit: 69 },
  TARGET_BY_IMAP: { desk: 'T-635', exit: 0 },
  MESSAGE_REPRESENTED: { desk: 'T-655', exit: 0 },
  TARGET_UPLOAD_BLOCKED: { desk: 'T-636', exit: 79 },

  USAGE_INVALID: { desk: 'T-701', exit: 64 },
  ACCOUNT_ADDRESS_INVALID: { desk: 'T-702', exit: 64 },
  ACCOUNT_KIND_UNSUPPORTED: { desk: 'T-703', exit: 64 },
  PASSWORD_MISSING: { desk: 'T-704', exit: 64 },
  FOLDER_PATTERN_MATCHES_NOTHING: { desk: 'T-705', exit: 64 },
  FOLDER_MAP_INVALID: { desk: 'T-706', exit: 65 },
  CA_FILE_INVALID: { desk: 'T-707', exit: 65 },
  INPUT_FILE_INVALID: { desk: 'T-708', exit: 65 },
  PATH_NOT_GRANTED: { desk: 'T-709', exit: 64 },
  INPUT_FILE_WRONG_KIND: { desk: 'T-710', exit: 65 },
  INPUT_FILE_EMPTY: { desk: 'T-711', exit: 65 },
  INPUT_FILE_IN_USE: { desk: 'T-712', exit: 65 },
  INPUT_FILE_ENCRYPTED: { desk: 'T-713', exit: 65 },
  INPUT_FILE_NOT_DOWNLOADED: { desk: 'T-714', exit: 65 },
  INPUT_FILE_NOT_MAIL: { desk: 'T-715', exit: 65 },
  INPUT_FOLDER_TOO_LARGE: { desk: 'T-716', exit: 65 },
  INPUT_NEEDS_UNPACKING: { desk: 'T-717', exit: 65 },
  SOURCE_KIND_AMBIGUOUS: { desk: 'T-718', exit: 64 },
  ARCHIVE_INSIDE_SOURCE: { desk: 'T-719', exit: 64 },
  PROFILE_INVALID: { desk: 'T-723', exit: 65 },
  PROFILE_UNSIGNED: { desk: 'T-724', exit: 65 },
  PROFILE_SIGNATURE_WRONG: { desk: 'T-725', exit: 65 },
  PROFILE_EXPIRED: { desk: 'T-726', exit: 65 },
  PROFILE_KEY_CHANGED: { desk: 'T-727', exit: 65 },
  PROFILE_LINK_INVALID: { desk: 'T-728', exit: 65 },
  PROFILE_KEY_INVALID: { desk: 'T-729', exit: 65 },
  IMAP_NOT_ENABLED: { desk: 'T-351', exit: 77 },
  SIGNIN_WINDOW_CLOSED: { desk: 'T-350', exit: 77 },
  HOST_NOT_CONFIRMED: { desk: 'T-360', exit: 77 },
  ORGANISATION_FREEZE: { desk: 'T-361', exit: 0 },
  ARCHIVE_FOLDER_UNKNOWN: { desk: 'T-720', exit: 64 },
  ARCHIVE_MESSAGE_UNKNOWN: { desk: 'T-721', exit: 64 },
  SEARCH_MEANS_NOTHING: { desk: 'T-722', exit: 64 },

  INTERRUPTED: { desk: 'T-801', exit: 130 },

  INTERNAL: { desk: 'T-901', exit: 70 },
  JOB_UNKNOWN: { desk: 'T-902', exit: 64 },
  JOB_STATE_CONFLICT: { desk: 'T-903', exit: 64 },
  CALL_INVALID: { desk: 'T-904', exit: 70 },
  ENGINE_STOPPED: { desk: 'T-905', exit: 70 },
} as const satisfies Record<string, { readonly desk: string; readonly exit: number }>;

export type ErrorCode = keyof typeof errorCodes;

/** Safe to show, log and store: no password, no message content. Folder names and file names may occur. */
export type ProblemDetails = Readonly<Record<string, string | number | boolean>>;

/** An error as data: what crosses every boundary and what jobs store. */
export interface Problem {
  readonly code: ErrorCode;
  readonly details: ProblemDetails;
  /** Present when trying again can help: not before this many milliseconds. 0 means at once. */
  readonly retryAfterMs?: number | undefined;
}

/** The one error class that engine code throws on purpose; anything else that surfaces is `INTERNAL`. */
export class TravasoError extends Error {
  readonly problem: Problem;

  constructor(code: ErrorCode, details: ProblemDetails = {}, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(`${code} ${JSON.stringify(details)}`, { cause: options.cause });
    this.name = 'TravasoError';
    this.problem =
      options.retryAfterMs === undefined ? { code, details } : { code, details, retryAfterMs: options.retryAfterMs };
  }

  get code(): ErrorCode {
    return this.problem.code;
  }
}

/** Any thrown value as data. The text of an unexpected error stays out: it may hold paths or content. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TravasoError) return error.problem;
  return { code: 'INTERNAL', details: { kind: error instanceof Error ? error.name : typeof error } };
}
