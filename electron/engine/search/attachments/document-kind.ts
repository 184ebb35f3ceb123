/** Documents whose text needs a library to be read. */
export const documentKinds = ['pdf', 'docx', 'xlsx', 'pptx', 'opendocument'] as const;
export type DocumentKind = (typeof documentKinds)[number];

const byType: Readonly<Record<string, DocumentKind>> = {
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'opendocument',
  'application/vnd.oasis.opendocument.spreadsheet': 'opendocument',
  'application/vnd.oasis.opendocument.presentation': 'opendocument',
};

const byExtension: Readonly<Record<string, DocumentKind>> = {
  pdf: 'pdf',
  docx: 'docx',
  docm: 'docx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  pptx: 'pptx',
  odt: 'opendocument',
  ods: 'opendocument',
  odp: 'opendocument',
};

/** By the type, else by the name: half of all mail programs send `application/octet-stream`. Null for all others. */
export function documentKind(type: string, name: string): DocumentKind | null {
  const extension = /\.([a-z0-9]{2,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return byType[type] ?? byExtension[extension] ?? null;
}
