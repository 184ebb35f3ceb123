import { formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'en');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** Everything around the assistant's steps. */
export const around = {
  product: 'Travaso',
  skipToContent: 'Skip to content',
  nav: { label: 'Travaso', home: 'Home', archive: 'Archive', help: 'Help', settings: 'Settings' },
  messages: (count: number) => counted(count, 'message', 'messages'),
  folders: (count: number) => counted(count, 'folder', 'folders'),

  actions: {
    next: 'Next',
    back: 'Back',
    close: 'Close',
    retry: 'Try again',
    resume: 'Resume',
    pause: 'Pause',
    chooseFolder: 'Choose the folder',
    change: 'Change',
    save: 'Save',
    cancel: 'Cancel',
    showPassword: 'Show the password',
    hidePassword: 'Hide the password',
    reveal: 'Open the folder',
  },
  working: 'One moment…',
  required: 'Write something here to go on.',

  steps: {
    label: 'Steps',
    of: (step: number, total: number, name: string) => `Step ${step} of ${total} — ${name}`,
    done: 'done',
    names: {
      welcome: 'Welcome',
      source: 'Old mailbox',
      choose: 'What to save and where',
      backup: 'Backup',
      verify: 'Check',
      target: 'New mailbox',
      map: 'Where things go',
      upload: 'Upload',
      report: 'Report',
    },
  },

  problem: {
    safe: 'Is my mail safe?',
    now: 'What do I do now?',
    desk: 'For the help desk',
    title: 'Something did not work',
  },

  replaced: {
    title: 'Travaso is open in another tab',
    text: 'Go on in the other tab. The work has not stopped. This tab can be closed.',
    takeBack: 'Go on here',
  },
  starting: {
    title: 'Travaso did not start',
    text: 'Close Travaso and open it again. The work done so far stays valid.',
  },

  home: {
    title: 'Your mail, safe',
    lead: 'Travaso carries your messages from the old mailbox, or from a backup you already have, to the new one, by way of a verified archive on this computer.',
    start: 'Start a new move',
    continue: 'Continue',
    inProgress: 'You have a move in progress',
    atStep: (step: string) => `You have reached the step: ${step}.`,
    archives: 'Archives on this computer',
    none: 'None yet. When you save your mail, the archive appears here.',
    open: 'Open an archive',
    use: 'Use this archive',
    forget: 'Remove from the list',
    unreachable: 'Not reachable: connect the stick or the disk, then try again.',
    contents: (messages: string, size: string) => `${messages}, ${size}`,
    lastUsed: (when: string) => `Used on ${when}`,
    from: (account: string) => `From ${account}`,
    states: {
      interrupted: 'Interrupted',
      paused: 'Paused',
      running: 'In progress',
      failed: 'Stopped by a problem',
      partial: 'Finished, something to look at',
      succeeded: 'Finished',
    },
    interruptedHint: 'The work stopped before the end. What was done stays valid.',
    replaceTitle: 'Start over?',
    replaceText: 'The move in progress is put aside. The archive stays on the computer and in the list.',
    replaceYes: 'Start over',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    languages: { it: 'Italiano', en: 'English' },
    textSize: 'Text size',
    textSizes: { normal: 'Normal', large: 'Large', larger: 'Very large' },
    theme: 'Light or dark colours follow those chosen in the system.',
    saved: 'Choices take effect at once and stay on this computer.',
  },

  help: {
    title: 'Help',
    nowTitle: 'What is happening',
    idle: 'Travaso is not working right now. Your messages are where you left them.',
    running: {
      backup: 'Travaso is reading the messages of the old mailbox and writes them to the archive on this computer.',
      plan: 'Travaso is looking at the new mailbox to see where the folders go. It sends nothing yet.',
      upload: 'Travaso is sending the messages of the archive to the new mailbox.',
      verify: 'Travaso is reading the messages again to check that they equal the originals.',
      export: 'Travaso is writing a copy of the messages where you asked for it.',
      rebuild: 'Travaso is building the index of the archive again.',
      seal: 'Travaso is writing an encrypted copy of the archive.',
      unseal: 'Travaso is opening an encrypted copy.',
    },
    paused: 'The work is paused. It goes on when you like, from where it was.',
    deskTitle: 'The code to read to the help desk',
    deskNone: 'No problem to report at the moment.',
    deskContact: (contact: string) => `Your organisation’s help desk: ${contact}`,
    deskUnknown: 'The help desk’s number is in your organisation’s instructions.',
    questionsTitle: 'Frequent questions',
    questions: {
      touched: {
        ask: 'Does the old mailbox change?',
        answer: 'No. The messages in the old mailbox are not touched: Travaso only reads them.',
      },
      lid: {
        ask: 'May I close the laptop?',
        answer: 'Yes. The work stops and, when you open it, goes on from where it was. No message is lost or doubled.',
      },
      twice: {
        ask: 'If I repeat the work, are messages doubled?',
        answer: 'No. Travaso knows those already saved or uploaded and takes only the new ones.',
      },
      archive: {
        ask: 'What is the archive for?',
        answer: 'It is your copy. It opens without Travaso too, and stays yours when the old mailbox is gone.',
      },
    },
    diagnosticsTitle: 'Information for the help desk',
    diagnosticsText:
      'If the help desk asks for it, save this information and send it yourself. It holds no addresses, subjects, folder names or passwords. Travaso sends nothing by itself.',
    diagnosticsShow: 'Show the information',
    diagnosticsSave: 'Save to a file',
    diagnosticsLabel: 'Information to save',
    diagnosticsSaved: 'Saved.',
    version: (version: string) => `Travaso ${version}`,
  },

  picker: {
    titleFolder: 'Choose a folder',
    titleFile: 'Choose where to save',
    titleOpen: 'Choose a file',
    emptyOpen: 'There is nothing to choose here.',
    places: 'Places to start from',
    up: 'Folder above',
    current: (path: string) => `You are in: ${path}`,
    empty: 'There are no other folders here.',
    truncated: 'There are too many folders: you see the first 2,000.',
    use: 'Use this folder',
    newFolder: 'Name of the new folder',
    create: 'Create folder',
    fileName: 'File name',
    saveHere: 'Save here',
  },
};
