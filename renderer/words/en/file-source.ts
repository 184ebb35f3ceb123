import { formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'en');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** The second way in: a backup that the person already has. */
export const fileSource = {
  file: {
    start: 'I already have a backup',
    startHint: 'An Outlook file, a Thunderbird folder, EML messages, a Zimbra export, an address book, a calendar…',
    title: 'Where is your backup?',
    lead: 'Choose the file or the folder, or drag it onto this window. Travaso looks inside and tells you what is there.',
    pickFile: 'Choose a file',
    pickFolder: 'Choose a folder',
    drop: 'Or drag it here',
    dropNow: 'Drop your backup here',
    dropInBrowser: 'The browser does not tell Travaso where the thing you drag is kept. Show it here.',
    dropNothing: 'What you dragged is no file or folder of this computer. Use one of the two buttons.',
    dropMany: 'You dragged several things together. Drag the folder that holds them, or one thing at a time.',
    looking: 'Looking at what it is…',
    chosenTitle: 'Your backup',
    other: 'Choose another backup',
    several: 'There is mail of several kinds here. Which one do you want to carry over?',
    missing: 'Choose your backup first.',
    kinds: {
      'travaso-archive': 'A Travaso archive',
      pst: 'An Outlook mail file (PST)',
      mbox: 'Mail in mbox form',
      'thunderbird-profile': 'A Thunderbird profile, with all its folders',
      'apple-mbox': 'Folders exported from Apple Mail (.mbox)',
      eml: 'Messages saved one per file (EML)',
      maildir: 'A mail folder of a server (Maildir)',
      'zimbra-tgz': 'A Zimbra export',
      items: 'Contacts and calendars saved as files',
      zip: 'A compressed file (ZIP)',
    },
    variants: {
      ost: 'The local copy of an Outlook mailbox (OST)',
      ansi: 'A mail file of an old version of Outlook (PST 97–2002)',
      emlx: 'Messages of Apple Mail, one per file (EMLX)',
      vcf: 'An address book (vCard)',
      ics: 'A calendar (iCalendar)',
      csv: 'A list of contacts or appointments (CSV)',
    },
    programs: {
      outlook: 'Outlook',
      thunderbird: 'Thunderbird',
      'apple-mail': 'Apple Mail',
      gmail: 'Gmail',
      google: 'Google',
      zimbra: 'Zimbra',
      dovecot: 'Dovecot',
      courier: 'Courier',
      travaso: 'Travaso',
    },
    madeBy: (what: string, program: string) => `${what}, from ${program}`,
    zipped: 'It is in a compressed file (ZIP): Travaso reads it without extracting it.',
    size: (files: number, size: string) => `${counted(files, 'file', 'files')}, ${size}`,
    isArchive: 'This is a Travaso archive already: you can use it as it is, without copying it again.',
    useArchive: 'Use this archive',
    insideTitle: 'What is inside',
    startItems: 'Save what you chose',
    items: {
      contact: (count: number) => counted(count, 'contact', 'contacts'),
      event: (count: number) => counted(count, 'appointment', 'appointments'),
      task: (count: number) => counted(count, 'task', 'tasks'),
      note: (count: number) => counted(count, 'note', 'notes'),
      file: (count: number) => counted(count, 'document', 'documents'),
      rule: (count: number) => counted(count, 'list of rules', 'lists of rules'),
      signature: (count: number) => counted(count, 'signature', 'signatures'),
      settings: (count: number) => counted(count, 'setting', 'settings'),
    },
    unreadableTitle: 'What cannot be read',
    unreadable: 'Everything else is saved. These things stay in the backup, which is not touched.',
    notesTitle: 'Good to know',
    moreRemarks: (count: number) => `${number(count)} more are listed in the report.`,
    selectedWithoutSize: (folders: string, messages: string) => `You chose ${folders}: ${messages}`,
  },
};

/** What is said in another way when the mail comes from a backup: "the old mailbox" would be wrong then. */
export const englishForFile = {
  untouched: 'Your backup is not touched.',
  untouchedMore: 'Travaso only reads it: it does not move, change or delete it.',
  steps: { names: { source: 'Your backup', choose: 'Your backup' } },
  help: {
    running: {
      backup: 'Travaso is reading the messages of your backup and writes them to the archive on this computer.',
      verify: 'Travaso is reading the messages again to check that they equal those that were saved.',
    },
    questions: {
      touched: {
        ask: 'Does my backup change?',
        answer: 'No. Your backup is not touched: Travaso only reads it.',
      },
      archive: {
        ask: 'What is the archive for?',
        answer:
          'It is your checked copy, in a form that every mail program reads. It can be opened without Travaso too.',
      },
    },
  },
  choose: {
    listing: 'Looking into your backup…',
    tree: 'Folders of your backup',
    need: 'Room for the archive',
    whereTitle: 'Where to put the archive',
  },
  job: {
    phases: { connecting: 'Opening your backup', listing: 'Looking at which folders there are' },
  },
  verify: {
    found: (what: string) => `Your backup had ${what} in the chosen folders.`,
    // Messages made from Outlook's own items never were a sequence of octets before they were saved.
    verified: (messages: string) => `${messages} read in full: every byte is as it was saved.`,
  },
  report: { columns: { found: 'In the backup' } },
};
