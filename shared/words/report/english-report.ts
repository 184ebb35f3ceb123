import type { ReportWords } from './report-words.ts';

export const englishReport: ReportWords = {
  title: 'Report on the move of your mail',
  outcome: { complete: 'Complete', partial: 'Partial', incomplete: 'Not finished' },
  outcomeSentence: {
    complete: ({ found, toTarget }) =>
      found === '0'
        ? 'The chosen folders are empty: there were no messages to carry.'
        : found === '1'
          ? `The only message found is in the archive and was checked ${toTarget ? 'in the new mailbox' : 'by reading it again'}.`
          : `All ${found} messages found are in the archive and were checked, one by one, ${toTarget ? 'in the new mailbox' : 'by reading them again'}.`,
    partial: ({ found, verified, toTarget }) =>
      `Messages found: ${found}. Checked in the ${toTarget ? 'new mailbox' : 'archive'}: ${verified}. Below you find, by name, everything that needs a look.`,
    incomplete: ({ found, stored, verified, toTarget }) =>
      `The work did not reach its end. Messages found so far: ${found ?? 'not counted yet'}. Saved in the archive: ${stored ?? 'none'}. Checked${toTarget ? ' in the new mailbox' : ''}: ${verified ?? 'not yet'}.`,
  },
  leftOut: (folders, count) =>
    count === 1
      ? `One folder was left out at your choice: ${folders}.`
      : `Folders left out at your choice: ${folders}.`,
  leftOutItems: kinds => `At your choice, these were not saved: ${kinds}.`,
  untouched: 'The messages it started from were not touched: Travaso only read them.',
  notRun: 'not yet',

  facts: {
    heading: 'What this report is about',
    source: 'Where the mail comes from',
    target: 'New mailbox',
    noTarget: 'none: the messages are in the archive only',
    archive: 'Archive',
    mailFormat: { mbox: 'one mbox file per folder', eml: 'one EML file per message' },
    created: 'Date of the report',
    product: 'Program',
    zone: timeZone => `times in the ${timeZone} zone`,
  },

  summary: {
    heading: 'Summary',
    caption: 'How many messages, step by step',
    columns: { count: 'Step', figure: 'Messages', meaning: 'What it means' },
    counts: {
      found: { label: 'Found', meaning: 'Seen in the mailbox or backup it started from.' },
      stored: { label: 'Saved', meaning: 'Copied to the archive, identical to the original.' },
      alreadyPresent: { label: 'Already there', meaning: 'Were in the new mailbox already: not uploaded twice.' },
      uploaded: { label: 'Uploaded', meaning: 'Sent to the new mailbox, which confirmed it has them.' },
      verified: { label: 'Checked', meaning: 'Found in the new mailbox and compared with the archive.' },
      setAside: { label: 'Set aside', meaning: 'Did not succeed after several attempts: listed by name below.' },
      missing: { label: 'Missing', meaning: 'Looked for during the check and not found.' },
      bytes: { label: 'Size', meaning: 'Space taken by the saved messages.' },
    },
    verifiedInArchive: 'Read again from the archive and compared with their fingerprint.',
    storedWithSynthesised: 'In the archive; how many were put together from parts is said below the table.',
  },

  folders: {
    heading: 'Folder by folder',
    caption: 'Counts of each folder; under its name, the reason of each difference',
    folder: 'Folder',
    total: 'Total',
    roles: { inbox: 'inbox', drafts: 'drafts', sent: 'sent', junk: 'junk', trash: 'bin', archive: 'archived' },
    notChosen: 'Left out at your choice.',
    unexplained: 'The numbers of this row do not match and the reason is not known: tell the help desk.',
    messages: (count, isOne) => `${count} ${isOne ? 'message' : 'messages'}`,
    differences: {
      ALREADY_AT_TARGET: [
        'already in the new mailbox, not uploaded again',
        'already in the new mailbox, not uploaded again',
      ],
      GONE_FROM_SOURCE: [
        'removed at the origin after the backup; the archive keeps it',
        'removed at the origin after the backup; the archive keeps them',
      ],
      NOT_CHOSEN: ['left out at your choice', 'left out at your choice'],
      NOT_YET: ['waiting: the work has not come this far', 'waiting: the work has not come this far'],
      FOLDER_VANISHED: ['in a folder that is no longer at the origin', 'in a folder that is no longer at the origin'],
      FOLDER_UNREADABLE: ['in a folder the server does not let us read', 'in a folder the server does not let us read'],
      MESSAGE_VANISHED: ['taken out at the origin during the backup', 'taken out at the origin during the backup'],
      MESSAGE_UNREADABLE: ['not delivered by the old server', 'not delivered by the old server'],
      ARCHIVE_MESSAGE_CHANGED: ['no longer as it was saved', 'no longer as they were saved'],
      TARGET_QUOTA: ['kept in the archive: the new mailbox is full', 'kept in the archive: the new mailbox is full'],
      TARGET_MESSAGE_TOO_LARGE: ['too large for the new mailbox', 'too large for the new mailbox'],
      TARGET_LINE_TOO_LONG: ['with a line too long for the new mailbox', 'with a line too long for the new mailbox'],
      TARGET_NUL_OCTET: [
        'with a character the new mailbox does not accept',
        'with a character the new mailbox does not accept',
      ],
      TARGET_MESSAGE_REFUSED: ['refused by the new mailbox', 'refused by the new mailbox'],
      TARGET_FOLDER_REFUSED: [
        'in a folder the new mailbox does not let us create',
        'in a folder the new mailbox does not let us create',
      ],
      TARGET_FOLDER_VANISHED: ['in a folder removed from the new mailbox', 'in a folder removed from the new mailbox'],
      MESSAGE_REPRESENTED: ['stood for by another copy, uploaded', 'stood for by another copy, uploaded'],
      TARGET_MESSAGE_MISSING: [
        'uploaded, but no longer found in the new mailbox',
        'uploaded, but no longer found in the new mailbox',
      ],
      TARGET_MESSAGE_DIFFERS: [
        'different from the original in the new mailbox',
        'different from the original in the new mailbox',
      ],
      TARGET_ATTRIBUTES_DIFFER: [
        'arrived with another date or other marks',
        'arrived with another date or other marks',
      ],
      MESSAGE_SIZE_DIFFERS: [
        'of another size than the server said, saved as it is',
        'of another size than the server said, saved as they are',
      ],
      TARGET_BYTES_REWRITTEN: [
        'rewritten by the new mailbox, with the same content',
        'rewritten by the new mailbox, with the same content',
      ],
    },
  },

  exceptions: {
    heading: 'To look at',
    none: 'Nothing: every message arrived where it should.',
    notes: 'Good to know',
    safe: 'Are the messages safe?',
    now: 'What to do now',
    desk: 'For the help desk',
    caption: 'Messages concerned',
    phase: { backup: 'during the backup', upload: 'during the upload', verify: 'during the check' },
    columns: { message: 'Subject', from: 'Sender', date: 'Date', file: 'Copy and fingerprint' },
    noSubject: '(no subject)',
    unknown: 'not known',
    notSaved: 'not saved',
    fingerprint: 'SHA-256',
    archiveId: 'number in the archive',
  },

  changes: {
    renamedHeading: 'Folders with another name',
    renamedCaption: 'Folders that are called otherwise in the new mailbox',
    trueName: 'True name',
    newName: 'Name in the new mailbox',
    why: 'Reason',
    reasons: {
      'name-taken': 'another folder already has that name',
      refused: 'the new mailbox refused the name',
      'illegal-characters': 'it contains characters the new mailbox does not allow',
      reserved: 'the new mailbox uses this name for itself',
      'too-long': 'it is too long for the new mailbox',
    },
    keywordsHeading: 'Tags not kept',
    keywordsCaption: 'Tags the new mailbox does not keep; they stay in the archive',
    keyword: 'Tag',
    messages: 'Messages',
  },

  proof: {
    heading: 'How the messages were checked',
    notYet: 'The check has not been done to the end yet.',
    byOctets: (count, isOne, inTarget) =>
      `${count} ${isOne ? 'message was' : 'messages were'} read in full from the ${inTarget ? 'new mailbox' : 'archive'}: every byte equals the original (SHA-256).`,
    byOctetsOfArchive: (count, isOne, inTarget) =>
      `${count} ${isOne ? 'message was' : 'messages were'} read in full${inTarget ? ' from the new mailbox' : ''}: every byte equals what was saved in the archive (SHA-256).`,
    putTogether: (count, isOne) =>
      isOne
        ? 'One message of the archive is made from what Outlook keeps: its original, byte for byte, does not exist in that file. The archive says which one, beside the message.'
        : `${count} messages of the archive are made from what Outlook keeps: their originals, byte for byte, do not exist in that file. The archive says which, beside each message.`,
    byParts: (count, isOne) =>
      `${count} ${isOne ? 'message was' : 'messages were'} compared part by part (headers, texts, attachments), because the new mailbox rewrites messages in its own way.`,
    finished: when => `Check finished on ${when}.`,
    archiveSound: (when, messages, isOne) =>
      `The archive was read again on ${when}${messages === null ? '' : `: ${isOne ? '1 message' : `${messages} messages`}`}, every byte as it was saved (SHA-256).`,
    archiveUnsound: when =>
      `The archive was read again on ${when}: something is not as it was saved, and is listed under “To look at”.`,
    againHeading: 'How to repeat the check, even offline',
    againIntroduction:
      'The archive can be checked by itself, even in many years and without Travaso. One of these ways is enough, from the archive’s folder:',
    sealMissing: 'The archive is not closed yet: the check can be repeated once the backup has finished.',
    steps: {
      travaso: 'With Travaso:',
      bagit: 'With any program for BagIt archives (RFC 8493), for example bagit.py:',
      everyFile: 'With the basic commands of Linux and macOS, file by file:',
      manifestItself: 'To know whether the list itself is the one of this report, compare its fingerprint:',
      onWindows: 'The same on Windows:',
    },
    seal: 'SHA-256 fingerprint of the list',
  },

  runs: {
    heading: 'When the work was done',
    caption: 'All the times Travaso worked on this archive',
    kind: 'Work',
    started: 'Start',
    finished: 'End',
    status: 'Result',
    messages: 'Messages',
    bytes: 'Size',
    seconds: 'Working time',
    kinds: { backup: 'Backup', upload: 'Upload', verify: 'Check' },
    restores: { upload: 'Restore', verify: 'Check of the restore' },
    restored: messages => `messages chosen: ${messages}`,
    under: folder => `below the folder “${folder}”`,
    query: query => `search “${query}”`,
    setAside: messages => `set aside: ${messages}`,
    statuses: {
      queued: 'waiting',
      running: 'running',
      pausing: 'pausing',
      paused: 'paused',
      cancelling: 'being cancelled',
      interrupted: 'interrupted',
      cancelled: 'cancelled',
      succeeded: 'succeeded',
      partial: 'succeeded in part',
      failed: 'failed',
    },
    notFinished: 'not finished',
  },

  items: {
    heading: 'More: contacts, calendars, tasks, notes, files, rules, signatures',
    caption: 'What there was beside the mail, folder by folder',
    columns: { kind: 'What', found: 'Found', stored: 'In the archive', setAside: 'Set aside' },
    carried: {
      caption: 'What of it arrived in the new mailbox',
      columns: {
        uploaded: 'Uploaded',
        alreadyPresent: 'There before',
        verified: 'Verified',
        setAside: 'Set aside',
        differs: 'Different',
        missing: 'Missing',
        byHand: 'To carry by hand',
      },
    },
    outcome: {
      complete: 'Everything that was found is in the archive.',
      partial: 'The work is finished. Below you find, by name, everything that needs a look.',
      incomplete: 'The work did not reach its end.',
      proved: (kinds, toTarget) =>
        toTarget
          ? `Found in the new mailbox and equal to the archive, field by field: ${kinds}.`
          : `Read again from the archive, every file as it was saved: ${kinds}.`,
      byHand: kinds => `To carry by hand: ${kinds}.`,
      archived: kinds => `In the archive only, not uploaded: ${kinds}.`,
    },
    concerned: 'Which',
    kinds: {
      contact: 'contacts',
      event: 'calendar',
      task: 'tasks',
      note: 'notes',
      file: 'files',
      rule: 'message rules',
      signature: 'signatures',
      settings: 'settings',
    },
    synthesised: (count, isOne) =>
      isOne
        ? 'One message was put together: the Outlook file keeps its parts, not the original as it travelled. The content is the same, but there is no identical original to compare it with.'
        : `Messages put together: ${count}. The Outlook file keeps their parts, not the originals as they travelled. The content is the same, but there is no identical original to compare them with.`,
  },

  footer: 'Keep this report together with the archive.',
};
