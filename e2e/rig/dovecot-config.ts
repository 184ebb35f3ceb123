/** The text of a Dovecot 2.3 configuration for tests. Pure: knows no file system and starts nothing. */

export interface DovecotUser {
  readonly password: string;
  /** A Dovecot quota rule of this user's own, e.g. `*:storage=1M` or `*:messages=10`; see `DovecotOptions.quotaRule`. */
  readonly quotaRule?: string;
}

export interface SpecialFolder {
  /** Name as the user sees it, in Unicode, without the namespace prefix. */
  readonly name: string;
  /** RFC 6154 attribute, e.g. `\Sent`. */
  readonly use?: string;
  /** `create` makes the folder at first login, `subscribe` also subscribes it. Default: `subscribe`. */
  readonly auto?: 'no' | 'create' | 'subscribe';
}

export interface DovecotOptions {
  /** By login name, which must hold no colon. Default: one user `mario`, password `segreta`. */
  readonly users?: Readonly<Record<string, DovecotUser>>;
  /**
   * How folders lie on disk. `maildir++` (default) separates by `.` unless told otherwise; `maildir-fs` is nested
   * directories and, like `sdbox`, separates by `/`.
   */
  readonly storage?: 'maildir++' | 'maildir-fs' | 'sdbox';
  /** Namespace prefix, e.g. `INBOX.`: every folder but INBOX is then named below it. Default: none. */
  readonly prefix?: string;
  readonly separator?: '.' | '/';
  /** Folders with a special use. Default: none; `italianFolders` is a list as an Italian server has it. */
  readonly specialFolders?: readonly SpecialFolder[];
  /** `offered` (default): STARTTLS, plain sign-in allowed; `required`: sign-in only after it, at another address; `none`: no TLS at all. */
  readonly tls?: 'offered' | 'required' | 'none';
  /** Dovecot quota rule for everybody, e.g. `*:storage=10M`. Turns the quota plugins on. */
  readonly quotaRule?: string;
  /** Messages over this many octets are refused at APPEND. Turns the quota plugins on. */
  readonly maxMessageBytes?: number;
  /** Connections of one user from one address; the next one is refused at sign-in. Default: 50. */
  readonly maxConnectionsPerUser?: number;
  /** Capabilities not announced, e.g. `MULTIAPPEND`. The command behind one still works: a client must not try it. */
  readonly withoutCapabilities?: readonly string[];
  /** Syncs to disk as a production server does. Default false: a test machine losing power is not among the tests. */
  readonly fsync?: boolean;
  /** Plugins of `mail_plugins` beyond what the other options need, e.g. `listescape`, `mail_log`. */
  readonly plugins?: readonly string[];
  /**
   * Takes OAuth tokens by XOAUTH2, and says whose they are by asking here (RFC 7662; `sub` is the user).
   * OAUTHBEARER is not offered, as with Exchange Online.
   */
  readonly introspectionUrl?: string;
  /** Settings added at the end, where the last one said wins: an oauth2 passdb, a listener, a limit. */
  readonly extraConfig?: string;
}

/** Where an instance lives and as whom; chosen by `startDovecot`. */
export interface DovecotPlace {
  readonly directory: string;
  /** Address to listen on. */
  readonly host: string;
  readonly ports: { readonly imap: number; readonly imaps: number };
  readonly certFile: string;
  readonly keyFile: string;
  readonly passwdFile: string;
  readonly logFile: string;
  /** The login processes and the internal ones run as these; for an ordinary user, all are that user. */
  readonly accounts: { readonly internal: string; readonly login: string; readonly group: string };
  /** A process without root cannot chroot; Dovecot's login processes would refuse to start. */
  readonly canChroot: boolean;
}

export const defaultUsers: Readonly<Record<string, DovecotUser>> = { mario: { password: 'segreta' } };

/** Folder names as Italian Outlook and Zimbra users know them, announced by RFC 6154 attributes. */
export const italianFolders: readonly SpecialFolder[] = [
  { name: 'Posta inviata', use: '\\Sent' },
  { name: 'Bozze', use: '\\Drafts' },
  { name: 'Cestino', use: '\\Trash' },
  { name: 'Posta indesiderata', use: '\\Junk' },
];

/** What Dovecot 2.3 announces after sign-in; its setting takes the whole list or additions, never removals. */
const capabilities =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS ' +
  'THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED ' +
  'I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY ' +
  'PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY';

export function separatorOf(options: DovecotOptions): '.' | '/' {
  return options.separator ?? ((options.storage ?? 'maildir++') === 'maildir++' ? '.' : '/');
}

export function dovecotConfig(options: DovecotOptions, place: DovecotPlace): string {
  const usesQuota =
    options.quotaRule !== undefined ||
    options.maxMessageBytes !== undefined ||
    Object.values(options.users ?? {}).some(user => user.quotaRule !== undefined);
  const plugins = [...(usesQuota ? ['quota'] : []), ...(options.plugins ?? [])];
  return [
    `base_dir = ${place.directory}/run`,
    `state_dir = ${place.directory}/state`,
    `log_path = ${place.logFile}`,
    'protocols = imap',
    `listen = ${place.host}`,
    `default_internal_user = ${place.accounts.internal}`,
    `default_internal_group = ${place.accounts.group}`,
    `default_login_user = ${place.accounts.login}`,
    // Small limits keep the sum below the open-file limit of an ordinary shell, which Dovecot otherwise warns about.
    'default_process_limit = 100',
    'default_client_limit = 400',
    'first_valid_uid = 1',
    'first_valid_gid = 1',
    ...tlsLines(options.tls ?? 'offered', place),
    ...serviceLines(place),
    // A wrong password is answered at once: tests of it must not cost two seconds each.
    'auth_failure_delay = 0',
    `auth_mechanisms = plain login${options.introspectionUrl === undefined ? '' : ' xoauth2'}`,
    ...(options.introspectionUrl === undefined
      ? []
      : [`passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = ${oauthFile(place.directory)}\n}`]),
    `passdb {\n  driver = passwd-file\n  args = scheme=PLAIN username_format=%u ${place.passwdFile}\n}`,
    `userdb {\n  driver = passwd-file\n  args = username_format=%u ${place.passwdFile}\n}`,
    `mail_location = ${mailLocation(options.storage ?? 'maildir++')}`,
    `mail_fsync = ${options.fsync === true ? 'optimized' : 'never'}`,
    `mail_max_userip_connections = ${options.maxConnectionsPerUser ?? 50}`,
    `mail_plugins = ${plugins.join(' ')}`,
    ...(usesQuota ? quotaLines(options) : []),
    ...capabilityLines(options, usesQuota),
    namespaceBlock(options),
    options.extraConfig ?? '',
    '',
  ].join('\n');
}

export function oauthFile(directory: string): string {
  return `${directory}/oauth2.conf`;
}

/** What `oauthFile` holds: how Dovecot asks whose a token is. */
export function oauthConfig(introspectionUrl: string): string {
  return [
    'introspection_mode = post',
    `introspection_url = ${introspectionUrl}`,
    'username_attribute = sub',
    'active_attribute = active',
    'active_value = true',
    '',
  ].join('\n');
}

/** One line per user, as passwd(5) with Dovecot's extra fields. */
export function passwdFile(
  users: Readonly<Record<string, DovecotUser>>,
  owner: { readonly uid: number; readonly gid: number },
  homeOf: (user: string) => string,
): string {
  return Object.entries(users)
    .map(([name, { password, quotaRule }]) => {
      if (/[:\n]/.test(name + password)) throw new RangeError('A passwd-file field cannot hold a colon or line end');
      const extra = quotaRule === undefined ? '' : `userdb_quota_rule=${quotaRule}`;
      return `${name}:${password}:${owner.uid}:${owner.gid}::${homeOf(name)}::${extra}\n`;
    })
    .join('');
}

function tlsLines(tls: 'offered' | 'required' | 'none', place: DovecotPlace): readonly string[] {
  if (tls === 'none') return ['ssl = no', 'disable_plaintext_auth = no'];
  return [
    `ssl = ${tls === 'required' ? 'required' : 'yes'}`,
    `disable_plaintext_auth = ${tls === 'required' ? 'yes' : 'no'}`,
    `ssl_cert = <${place.certFile}`,
    `ssl_key = <${place.keyFile}`,
  ];
}

function serviceLines(place: DovecotPlace): readonly string[] {
  const chroot = place.canChroot ? '' : '  chroot =\n';
  return [
    `service imap-login {\n${chroot}` +
      `  inet_listener imap {\n    port = ${place.ports.imap}\n  }\n` +
      `  inet_listener imaps {\n    port = ${place.ports.imaps}\n    ssl = yes\n  }\n}`,
    // The penalty service slows down an address after failed sign-ins; on loopback that is every other test.
    `service anvil {\n${chroot}  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}`,
    ...(place.canChroot ? [] : ['service stats {\n  chroot =\n}']),
  ];
}

function mailLocation(storage: NonNullable<DovecotOptions['storage']>): string {
  switch (storage) {
    case 'maildir++':
      return 'maildir:~/mail';
    case 'maildir-fs':
      // INBOX in a directory of its own, so that a folder may be called `cur` or `new`.
      return 'maildir:~/mail:LAYOUT=fs:INBOX=~/inbox';
    case 'sdbox':
      return 'sdbox:~/mail';
  }
}

function quotaLines(options: DovecotOptions): readonly string[] {
  return [
    'protocol imap {\n  mail_plugins = $mail_plugins imap_quota\n}',
    `plugin {\n  quota = count:User quota\n  quota_vsizes = yes\n  quota_grace = 0\n` +
      `  quota_rule = ${options.quotaRule ?? '*:storage=1T'}\n` +
      `  quota_max_mail_size = ${options.maxMessageBytes === undefined ? '0' : `${options.maxMessageBytes}B`}\n}`,
  ];
}

function capabilityLines(options: DovecotOptions, usesQuota: boolean): readonly string[] {
  const { withoutCapabilities = [], specialFolders = [] } = options;
  if (withoutCapabilities.length === 0) return [];
  const dropped = new Set(withoutCapabilities.map(name => name.toUpperCase()));
  const all = capabilities.split(' ');
  if (usesQuota) all.push('QUOTA');
  if (specialFolders.some(folder => folder.use !== undefined)) all.push('SPECIAL-USE');
  return [`imap_capability = ${all.filter(name => !dropped.has(name)).join(' ')}`];
}

function namespaceBlock(options: DovecotOptions): string {
  const folders = (options.specialFolders ?? []).map(({ name, use, auto = 'subscribe' }) => {
    const special = use === undefined ? '' : `    special_use = ${use}\n`;
    return `  mailbox "${name}" {\n${special}    auto = ${auto}\n  }\n`;
  });
  return (
    `namespace inbox {\n  inbox = yes\n  prefix = ${options.prefix ?? ''}\n` +
    `  separator = ${separatorOf(options)}\n${folders.join('')}}`
  );
}
