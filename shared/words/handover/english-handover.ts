import type { HandoverWords } from './handover-words.ts';

export const englishHandover: HandoverWords = {
  title: 'By hand: contacts, calendars, rules and signatures',
  intro: [
    'In this folder is what lay beside the mail in the old mailbox. Below it says, step by step, how to carry it to the new one.',
    'There is no hurry: all of it stays in the archive, too. If a step fails, your archive does not change and you can begin again.',
    'The names in menus differ from version to version. If you do not find one, look for the word “Import” in the settings or in the program’s help.',
  ],
  pageName: 'by-hand.html',
  filesHeading: 'What is in this folder',
  filesCaption: 'Files that are ready, with how many items they hold',
  columns: { file: 'File', from: 'Where it comes from', items: 'Items' },
  kinds: {
    contact: {
      directory: 'contacts',
      heading: 'Contacts',
      text: 'Each address book is there twice: as a .csv file for Outlook and for mail on the web, and as a .vcf file for phones and other programs. Import only one of the two, or you will have every contact twice.',
      ways: [
        {
          name: 'Classic Outlook (the program on the computer)',
          steps: [
            'Open the File menu and look for “Open & Export”, then “Import/Export”.',
            'Choose to import from another program or file, then “Comma Separated Values”.',
            'Choose the .csv file of the address book. If you are asked about duplicates, choose not to import them.',
            'As the destination choose the Contacts folder of the new mailbox, then confirm.',
          ],
        },
        {
          name: 'New Outlook and Outlook on the web',
          steps: [
            'Open People (or Contacts).',
            'Look for “Manage contacts”, then “Import contacts”.',
            'Choose the .csv file of the address book and confirm.',
          ],
        },
        {
          name: 'Webmail of Carbonio or Zimbra',
          steps: [
            'Open Contacts and choose the address book to put them in, or create a new one.',
            'In the settings of the address book, or in the general ones under “Import”, choose the .csv or the .vcf file.',
            'At the end check that the number of contacts is that of the table above.',
          ],
        },
        {
          name: 'Phone',
          steps: [
            'Send yourself the .vcf file by mail, to the new mailbox.',
            'Open the message on the phone and tap the attachment.',
            'Choose to add all contacts and, if you are asked, the account of the new mailbox.',
          ],
        },
      ],
    },
    event: {
      directory: 'calendars',
      heading: 'Calendars',
      text: 'Each calendar is an .ics file with all appointments, those that repeat, too. Importing sends no invitation to anybody, as long as you choose “Import” and do not answer invitations.',
      ways: [
        {
          name: 'Classic Outlook (the program on the computer)',
          steps: [
            'Open the File menu and look for “Open & Export”, then “Open Calendar”.',
            'Choose the .ics file. If you can choose, take “Import” and not “Open as New”.',
            'Look at a past appointment and at one that repeats: they must be at the right time.',
          ],
        },
        {
          name: 'New Outlook and Outlook on the web',
          steps: [
            'Open the Calendar and look for “Add calendar”.',
            'Choose “Upload from file” and the .ics file.',
            'Choose the calendar to put it in, then confirm.',
          ],
        },
        {
          name: 'Webmail of Carbonio or Zimbra',
          steps: [
            'Open the Calendar and right-click the calendar to put the appointments in.',
            'Choose “Import” and the .ics file.',
            'At the end check that the number of appointments is that of the table above.',
          ],
        },
        {
          name: 'Phone',
          steps: [
            'Import the calendar on a computer: the phone receives it by itself if the new mailbox is set up there.',
            'If you only have the phone, send yourself the .ics file by mail and open the attachment.',
          ],
        },
      ],
    },
    task: {
      directory: 'tasks',
      heading: 'Tasks',
      text: 'Each task list is an .ics file. Many programs on the web do not import tasks: if they are few, it is easier to write them anew.',
      ways: [
        {
          name: 'Programs that open .ics files',
          steps: [
            'Open the file with the program that you use for tasks (for example Thunderbird, or the tasks of the phone).',
            'Choose the list to put them in, then confirm.',
          ],
        },
      ],
    },
    rule: {
      directory: 'rules',
      heading: 'Mail rules',
      text: 'Rules tell the server what to do with mail that arrives. They have to be written anew in the new mailbox: below they are described one by one, in their order.',
      ways: [
        {
          name: 'Outlook, new, classic or on the web',
          steps: [
            'In the mail settings look for “Rules”.',
            'For each rule below add one: write the name, choose the conditions (“Se”: if), then what to do (“Allora”: then).',
            'Check the order: rules apply from top to bottom.',
          ],
        },
        {
          name: 'Webmail of Carbonio or Zimbra',
          steps: [
            'In the mail settings look for “Filters”.',
            'For each rule below create one with the same name, the same conditions and the same actions.',
          ],
        },
      ],
    },
    signature: {
      directory: 'signatures',
      heading: 'Signatures',
      text: 'Your signatures, ready to copy.',
      ways: [
        {
          name: 'In every program',
          steps: [
            'Select the signature below and copy it.',
            'In the settings of the new mailbox look for “Signature” or “Signatures”, and create a new one.',
            'Paste, give the signature a name and save. Choose when it is used: in new messages, in replies, or in both.',
          ],
        },
      ],
    },
    settings: {
      directory: 'settings',
      heading: 'Other settings',
      text: 'Identities, other addresses and the absence notice, as they were in the old mailbox.',
      ways: [],
    },
    note: {
      directory: 'notes',
      heading: 'Notes',
      text: 'Each note is a text file: any program opens it.',
      ways: [],
    },
    file: {
      directory: 'files',
      heading: 'Files',
      text: 'The files that you kept in the old mailbox, under their names. Copy them where you need them, for example to your office’s document space.',
      ways: [],
    },
  },
  lists: {
    heading: 'Distribution lists',
    text: 'A .csv file cannot hold lists. For each of them create a new list of the same name and paste these addresses.',
  },
  flawed: {
    heading: 'To be looked at',
    text: 'These items are not written by the rules and lie in files of their own, as they were. Open them one by one.',
  },
  copyHint: 'To copy it, click inside the frame, select all (Ctrl+A) and copy (Ctrl+C).',
  signature: name => `Signature “${name}”`,
  footer: 'This page was written by Travaso from your archive.',
};
