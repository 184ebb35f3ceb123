/** What signing in asks after the password, and which servers may have it. */
export const signInSteps = {
  withBrowser:
    'Pressing Sign in opens Microsoft’s page in your browser. You type the password there: Travaso does not see it.',
  keep: 'Remember the sign-in on this computer',
  keepHint: 'In the system’s keychain, to go on without signing in again. Only if nobody else uses this computer.',
  help: 'I cannot get in',
  attemptsLeft: (count: number) => (count === 1 ? 'One attempt is left.' : `${count} attempts are left.`),
  again: {
    title: 'Sign in again',
    text: (mail: string) => `The sign-in of ${mail} is no longer valid. What was done so far stays.`,
    withBrowser:
      'Microsoft’s sign-in page opens in your browser again. You type the password there: Travaso does not see it.',
    withPage: 'You type the password on your organisation’s page, in a window apart: Travaso does not ask for it.',
    submit: 'Sign in again',
  },

  code: {
    title: 'Type the code',
    lead: (label: string) => `Open the code app on your phone (${label}) and copy the number you see now.`,
    leadPlain: 'Open the code app on your phone and copy the number you see now.',
    label: 'Code',
    hint: (digits: string) =>
      `${digits} digits. It changes every half minute: if it is about to expire, wait for the next.`,
    hintRecovery: 'Without the phone, type one of your recovery codes.',
    missing: 'Type the code.',
    trust: 'Do not ask for the code on this computer again',
    trustHint: 'Only if nobody else uses it.',
    submit: 'Confirm',
  },

  newPassword: {
    title: 'Choose a new password',
    lead: 'The new mailbox wants its password changed before it lets you in.',
    label: 'New password',
    again: 'Repeat the new password',
    rulesTitle: 'It must have',
    broken: 'not met',
    different: 'The two passwords are not the same.',
    missing: 'Type the new password.',
    submit: 'Change the password',
    rules: {
      zimbraPasswordMinLength: (value: string) => `at least ${value} characters`,
      zimbraPasswordMaxLength: (value: string) => `no more than ${value} characters`,
      zimbraPasswordMinUpperCaseChars: (value: string) => `capital letters: at least ${value}`,
      zimbraPasswordMinLowerCaseChars: (value: string) => `small letters: at least ${value}`,
      zimbraPasswordMinNumericChars: (value: string) => `digits: at least ${value}`,
      zimbraPasswordMinPunctuationChars: (value: string) => `signs such as ! or ?: at least ${value}`,
      zimbraPasswordMinAlphaChars: (value: string) => `letters: at least ${value}`,
      zimbraPasswordMinDigitsOrPuncs: (value: string) => `digits or signs: at least ${value}`,
      zimbraPasswordEnforceHistory: (value: string) => `different from the last ${value}`,
      blockCommonWordsInPasswordPolicy: () => 'no common words',
    },
    otherRule: (rule: string, value: string) => `${rule}: ${value}`,
  },

  enrolment: {
    title: 'Set up the code on your phone',
    lead: 'The new mailbox asks for a second check: a code that changes every half minute. It is set up only once.',
    app: 'Install a code app on your phone, for example the one your organisation names.',
    scan: 'In the app choose “Add” and scan this picture.',
    qr: 'Picture to scan with the code app',
    byHand: 'You cannot scan it? Type this key into the app:',
    recovery:
      'Keep these recovery codes in a safe place: you need them if you lose the phone. They will not be shown again.',
    recoverySaved: 'I have written them down or printed them',
    recoveryMissing: 'Before going on keep the recovery codes, then tick the box.',
    official: 'The official instructions, and the place to remove this phone one day, are on the mail website:',
    code: 'Code you see in the app now',
    submit: 'Set up',
  },

  appPassword: {
    title: 'A password for programs is needed',
    lead: 'You are in. But with the code switched on, this mailbox gives mail to programs only with a password of their own. You make it, in three steps:',
    open: 'In the browser open',
    settings: 'Go to the preferences, under “Account” or “Security”.',
    make: 'Create a password for applications, call it “Travaso” and copy it here.',
    label: 'Password for programs',
    hint: 'It is shown once. When you are done you can remove it in the same place.',
    missing: 'Type the password you made.',
    submit: 'Confirm',
  },

  browser: {
    title: 'Go on in the browser',
    lead: (host: string) =>
      `I opened the page of ${host} in your browser. Sign in there, then come back: Travaso goes on by itself.`,
    check: 'Check that the address at the top of the page is this:',
    notOpen: 'The page did not open? Copy this address into the browser:',
    waiting: 'Waiting for you to finish signing in…',
    cancel: 'Cancel signing in',
    deviceCode: 'Use a code on another device',
  },

  webPage: {
    title: 'Sign in on your organisation’s page',
    lead: (host: string) =>
      `This mailbox is entered by a page of your organisation. Travaso opens it in a window apart, beginning at ${host}.`,
    check:
      'Before you type the password, look at the title of the window: it begins with the address of the page. If that is not your organisation’s, close it.',
    password: 'What you type on that page goes to your organisation alone: Travaso neither reads nor keeps it.',
    submit: 'Open the page',
    submitAgain: 'Open the page again',
    waiting: 'The window is open: sign in there. Waiting for you to finish…',
    closes: 'The window closes by itself and Travaso goes on.',
    cancel: 'Cancel signing in',
    instead: 'Sign in on your organisation’s page, without this password',
  },

  deviceCode: {
    title: 'Type this code into Microsoft’s page',
    lead: 'Open this address on any device and type the code.',
    code: 'Code',
    waiting: 'Waiting for you to finish signing in…',
  },

  host: {
    foreignTitle: 'Is this your server?',
    foreign: (mail: string) => `The mail of ${mail} appears to be on a server with another name:`,
    foreignMore:
      'It may be right: many organisations leave their mail to a provider. If you do not recognise it, ask first.',
    unnamedTitle: 'Stop: your organisation does not know this server',
    unnamed: 'Your organisation’s profile lists the servers that may have the password. This one is not among them:',
    lookalikeTitle: 'Stop: this name imitates another',
    lookalike: (known: string) => `It resembles ${known} but is not the same. Password thieves use names like this:`,
    asked: 'I asked the help desk: the server is right',
    mine: 'I recognise it: it is my server',
    go: 'Go on with this server',
    missing: 'To go on tick the box, or go back.',
    password: 'The password has not been sent to anybody yet.',
  },

  letter: {
    open: 'Write the letter for the IT office',
    title: 'Letter for the IT office',
    lead: 'Send it to those who run your computers: it holds the exact steps to approve Travaso.',
    save: 'Save the letter',
    saved: 'Letter saved.',
  },
};
