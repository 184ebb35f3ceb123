/** What people call an archive: the name of its folder. */
export function archiveName(path: string): string {
  return path.split(/[\\/]/).findLast(part => part !== '') ?? path;
}
