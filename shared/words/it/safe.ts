/** The answers to "is my mail safe?" that many problems share, so that the same fact is always said the same way. */
export const safe = {
  nothingTouched: 'I tuoi messaggi sono al sicuro: nulla è stato toccato.',
  progressKept: 'I tuoi messaggi sono al sicuro: il lavoro già fatto resta valido.',
  stillInOld: 'Il messaggio resta dove era: Travaso legge soltanto. Gli altri sono al sicuro.',
  folderStillInOld: 'I messaggi restano dove erano: Travaso legge soltanto.',
  inArchive: 'Il messaggio è al sicuro nell’archivio, identico all’originale.',
  folderInArchive: 'I messaggi sono al sicuro nell’archivio, identici agli originali.',
} as const;
