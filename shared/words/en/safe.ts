/** The answers to "is my mail safe?" that many problems share, so that the same fact is always said the same way. */
export const safe = {
  nothingTouched: 'Your messages are safe: nothing has been touched.',
  progressKept: 'Your messages are safe: the work done so far is kept.',
  stillInOld: 'The message stays where it was: Travaso only reads. The others are safe.',
  folderStillInOld: 'The messages stay where they were: Travaso only reads.',
  inArchive: 'The message is safe in the archive, identical to the original.',
  folderInArchive: 'The messages are safe in the archive, identical to the originals.',
} as const;
