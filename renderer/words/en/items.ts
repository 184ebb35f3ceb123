import type { Recurrence } from '../../../shared/model/item-view.ts';
import { formatDay, formatList, formatNumber } from '../../../shared/words/format.ts';
import type { Words } from '../words.ts';

const number = (value: number) => formatNumber(value, 'en');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
const list = (texts: readonly string[]) => formatList(texts, 'en');

const weekdays = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
} as const;
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;
const every: Readonly<Record<Recurrence['frequency'], readonly [one: string, many: string]>> = {
  secondly: ['Every second', 'seconds'],
  minutely: ['Every minute', 'minutes'],
  hourly: ['Every hour', 'hours'],
  daily: ['Every day', 'days'],
  weekly: ['Every week', 'weeks'],
  monthly: ['Every month', 'months'],
  yearly: ['Every year', 'years'],
};
const ordinals: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'last but one',
};

function nth(position: number, what: string): string {
  const word = ordinals[position];
  return word === undefined ? `${what} number ${position}` : `the ${word} ${what}`;
}

function monthDay(day: number): string {
  return day > 0 ? `on day ${day}` : `on ${nth(day, 'day')}`;
}

function recurrence({ frequency, interval, days, monthDays, months: inMonths, positions, ...end }: Recurrence): string {
  const [one, many] = every[frequency];
  const parts = [interval === 1 ? one : `Every ${number(interval)} ${many}`];
  const plain = days.filter(day => day.nth === null).map(({ weekday }) => weekday);
  const isWorkdays = plain.join() === 'MO,TU,WE,TH,FR';
  const names = isWorkdays ? 'day from Monday to Friday' : list(plain.map(day => weekdays[day]));
  if (positions.length > 0 && plain.length > 0) {
    parts.push(`on ${list(positions.map(position => nth(position, names)))}`);
  } else if (plain.length > 0) parts.push(isWorkdays ? 'from Monday to Friday' : `on ${names}`);
  const numbered = days.flatMap(day => (day.nth === null ? [] : [nth(day.nth, weekdays[day.weekday])]));
  if (numbered.length > 0) parts.push(`on ${list(numbered)}`);
  if (monthDays.length > 0) parts.push(list(monthDays.map(monthDay)));
  if (inMonths.length > 0) parts.push(`in ${list(inMonths.map(month => months[month - 1] ?? String(month)))}`);
  if (end.count !== null) parts.push(`${counted(end.count, 'time', 'times')} in all`);
  if (end.until !== null) parts.push(`until ${formatDay(end.until, 'en')}`);
  return `${parts.join(', ')}.`;
}

export const items: Words['items'] = {
  sections: { label: 'What you look at', mail: 'Mail', contacts: 'Contacts', calendar: 'Calendar' },
  reading: 'Reading…',
  readingSome: (done, total) => `Still reading: ${number(done)} of ${number(total)}.`,
  absent: 'no longer at the source',
  unreadable: 'cannot be read',
  keys: 'Arrows to move, Enter to open, F6 to go from one pane to the next.',
  back: 'Back to the list',
  contacts: {
    label: 'Contacts',
    folder: 'Address book',
    all: 'All address books',
    search: 'Look for a name, an address, a number',
    count: count => counted(count, 'contact', 'contacts'),
    found: count => (count === 1 ? '1 contact found' : `${number(count)} contacts found`),
    empty: 'There are no contacts here.',
    nothing: 'No contact begins like that.',
    group: members => `group, ${counted(members, 'person', 'people')}`,
    none: 'Choose a contact to see it here.',
  },
  calendar: {
    label: 'Appointments',
    views: { label: 'What to show', agenda: 'Appointments', tasks: 'Tasks' },
    folder: 'Calendar',
    all: 'All calendars',
    previous: 'Previous month',
    next: 'Next month',
    today: 'Today',
    month: 'Go to month',
    year: 'Go to year',
    count: count => counted(count, 'appointment', 'appointments'),
    empty: 'There is nothing in this month.',
    nearestBefore: day => `Go back to ${day}`,
    nearestAfter: day => `Go on to ${day}`,
    more: count => `The first ${number(count)} are shown.`,
    untimed: count =>
      count === 1
        ? '1 appointment without a date, or that cannot be read'
        : `${number(count)} appointments without a date, or that cannot be read`,
    none: 'Choose an appointment to see it here.',
    allDay: 'all day',
    until: when => `until ${when}`,
    repeats: 'repeats',
    exception: 'unlike the rest of its series',
    cancelled: 'cancelled',
    zone: zone => `Times are those of this computer (${zone}).`,
  },
  tasks: {
    label: 'Tasks',
    folder: 'List',
    all: 'All lists',
    count: count => counted(count, 'task', 'tasks'),
    empty: 'There are no tasks here.',
    due: when => `by ${when}`,
    noDue: 'no due date',
    completed: 'done',
    percent: value => `${value} % done`,
    none: 'Choose a task to see it here.',
  },
  card: {
    label: { contact: 'Contact card', event: 'Appointment card', task: 'Task card', other: 'Card' },
    noName: '(no name)',
    noTitle: '(no title)',
    photo: name => `Photo of ${name}`,
    group: 'Group of contacts',
    members: count => `Members: ${counted(count, 'person', 'people')}`,
    fields: {
      'family-name': 'Family name',
      'given-name': 'Given name',
      'middle-name': 'Middle name',
      'name-prefix': 'Title',
      'name-suffix': 'After the name',
      nickname: 'Nickname',
      organisation: 'Organisation',
      department: 'Department',
      'job-title': 'Job',
      email: 'Mail',
      'phone-work': 'Phone at work',
      'phone-home': 'Phone at home',
      'phone-mobile': 'Mobile',
      'phone-other': 'Phone',
      fax: 'Fax',
      'address-work': 'Address at work',
      'address-home': 'Address at home',
      'address-other': 'Address',
      url: 'Website',
      'instant-message': 'Instant messages',
      birthday: 'Birthday',
      anniversary: 'Anniversary',
      note: 'Notes',
      category: 'Tag',
    },
    places: { work: 'work', home: 'home' },
    when: 'When',
    from: (start, end) => `from ${start} to ${end}`,
    zone: 'Time zone',
    where: 'Where',
    recurrence: 'Repeats',
    sayRecurrence: recurrence,
    rule: text => `The whole rule: ${text}`,
    exceptions: 'Exceptions',
    leftOut: at => `${at}: not there`,
    moved: (at, to, what) => `${at}: moved to ${to}${what === '' ? '' : ` (${what})`}`,
    moreExceptions: count => `and ${number(count)} more`,
    organiser: 'Organiser',
    participants: 'Participants',
    answers: {
      accepted: 'accepted',
      declined: 'declined',
      tentative: 'maybe',
      delegated: 'delegated',
      'needs-action': 'no answer',
    },
    reminders: 'Reminder',
    reminderBefore: (minutes, of) => `${length(minutes)} before ${of === 'start' ? 'the beginning' : 'the end'}`,
    reminderAfter: (minutes, of) => `${length(minutes)} after ${of === 'start' ? 'the beginning' : 'the end'}`,
    reminderNow: of => (of === 'start' ? 'at the beginning' : 'at the end'),
    attachments: 'Attachments',
    attachment: 'attachment',
    link: 'link: not opened',
    savePart: 'Save',
    saveAttachment: name => `Save ${name}`,
    status: 'Status',
    statuses: {
      tentative: 'tentative',
      confirmed: 'confirmed',
      cancelled: 'cancelled',
      completed: 'done',
      'in-process': 'in progress',
      'needs-action': 'to be done',
    },
    showAs: 'Shown as',
    showings: { free: 'free', tentative: 'maybe', busy: 'busy', oof: 'away', workingelsewhere: 'elsewhere' },
    privacy: 'Privacy',
    privacies: { private: 'private', confidential: 'confidential' },
    due: 'Due',
    completedAt: 'Done on',
    percent: 'Progress',
    priority: 'Priority',
    categories: 'Tags',
    description: 'Description',
    url: 'Website',
    absent: 'The old mailbox no longer has it: it stayed in the archive.',
    why: {
      broken: 'This item arrived broken and cannot be shown. You can save it as it is.',
      'too-slow': 'This item is too complicated to show. You can save it as it is.',
      'too-large': 'This item is too large to show. You can save it as it is.',
      'no-text': 'This document is not opened here. You can save it.',
    },
    save: ending => `Save as ${ending}`,
  },
  plan: {
    title: 'Contacts, calendars and the rest',
    table: 'Contacts, calendars and the rest: where they go',
    columns: { what: 'What', where: 'In the new mailbox', items: 'How many' },
    fates: { upload: 'Goes by itself', 'by-hand': 'Goes by hand', 'needs-consent': 'Needs your consent' },
    exists: 'there already',
    created: 'new',
    done: count => `${number(count)} uploaded already`,
    changedTitle: 'What changes',
    changed: (count, field, isText) =>
      `${field}, in ${counted(count, 'item', 'items')}: ${isText ? 'can be read in the notes' : 'stays in the archive only'}.`,
    refused: count =>
      `The new mailbox will not take ${counted(count, 'item', 'items')}. ${count === 1 ? 'It stays' : 'They stay'} safe in the archive.`,
    consent: 'Add rules and signatures',
    consentHint:
      'They are added to those that the new mailbox has, which stay as they are. Without the tick nothing is added.',
    rules: 'Rules:',
    signatures: 'Signatures:',
    start: 'Upload contacts, calendars and the rest',
  },
  byHand: {
    title: 'To be carried by hand',
    text: 'This mailbox does not take these by itself. They are in the archive as files that every program can import: .vcf for contacts, .ics for calendars.',
    show: 'Show the files to carry by hand',
    where: path => `The files are in ${path}`,
  },
  outcomes: {
    title: 'Contacts, calendars and the rest',
    caption: 'What became of contacts, calendars and the rest',
    columns: {
      kind: 'What',
      toCarry: 'To carry',
      uploaded: 'Uploaded',
      alreadyPresent: 'There already',
      verified: 'Checked',
      setAside: 'Set aside',
      missing: 'Missing',
      byHand: 'By hand',
    },
  },
  dav: {
    title: 'Contacts and calendars: do you have a CardDAV/CalDAV server?',
    text: 'It is another service of your organisation that keeps address books and calendars. If you have one, I upload them there and check that they arrived. If you do not know what it is, carry them by hand.',
    open: 'Yes, upload contacts and calendars',
    server: 'Address of the server',
    serverHint: 'For example: calendar.body.example',
    serverMissing: 'Type the address of the server.',
    user: 'User name',
    userMissing: 'Type the user name.',
    passwordMissing: 'Type the password.',
    start: 'Sign in and upload',
    entering: 'Signing in to the server…',
    working: 'Uploading contacts and calendars',
    proving: 'Checking that they arrived',
    done: 'Done. Below you see what arrived.',
  },
  fields: {
    title: 'Title',
    place: 'Place',
    description: 'Description',
    occurrence: 'Dates of the series',
    exception: 'Exceptions of the series',
    due: 'Due date',
    completed: 'Date of completion',
    'percent-complete': 'Progress',
    status: 'Status',
    priority: 'Priority',
    'show-as': 'Shown as',
    privacy: 'Privacy',
    reminder: 'Reminder',
    organiser: 'Organiser',
    participant: 'Participants',
    attachment: 'Attachments',
    name: 'Name',
    member: 'Members of the group',
    photo: 'Photo',
    text: 'Text',
    html: 'Styled text',
    rule: 'Rule',
    other: 'Other fields',
  },
  kinds: {
    contact: 'Contact',
    event: 'Appointment',
    task: 'Task',
    note: 'Note',
    file: 'Document',
    rule: 'Message rules',
    signature: 'Signature',
    settings: 'Settings',
  },
};

function length(minutes: number): string {
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'day', 'days');
  if (minutes % 60 === 0) return counted(minutes / 60, 'hour', 'hours');
  return counted(minutes, 'minute', 'minutes');
}
