/** The organisation's profile: in the settings, and on the welcome screen. */
export const organisation = {
  title: 'Your organisation’s profile',
  none: 'If your organisation gave you a file or an address for Travaso, open it here: the servers are then found by themselves, and the password goes to them alone.',
  open: 'Open the profile file',
  linkLabel: 'Or type the address the help desk dictated',
  linkHint: 'For example: ente.it/travaso.json',
  linkMissing: 'Type the profile’s address.',
  linkSubmit: 'Look for the profile',
  inspectTitle: (name: string) => `Use the profile of ${name}?`,
  fingerprint: 'Fingerprint',
  compare: 'Telephone the help desk and compare this fingerprint, group by group. If it differs, do not use it.',
  sameKey: 'It is signed with the same key as the profile you already use.',
  otherKey:
    'It is signed with another key than the profile you already use. If the help desk confirms it, remove the present profile first.',
  compared: 'The fingerprint is the one the help desk told me',
  comparedMissing: 'First compare the fingerprint, then tick the box.',
  install: 'Use this profile',
  installed: 'Profile in use.',
  remove: 'Remove the profile',
  domains: 'For the addresses',
  source: 'Old mailbox',
  target: 'New mailbox',
  officialSender: 'Official instructions only from',
  expires: 'Valid until',
  dates: {
    freeze: (from: string, until: string) =>
      `From ${from} to ${until} mail settings cannot be changed. Mail arrives all the same.`,
    cutOver: (day: string) => `The new mailbox starts on ${day}.`,
    accessEnds: (day: string) => `The old mailbox can be read until ${day}.`,
  },
  manuals: 'Your organisation’s instructions',
};
