import { phraseOf } from '../fold.ts';
import type { QueryTerm } from './parse-query.ts';

const columns: Readonly<Record<Exclude<QueryTerm['field'], null>, string>> = {
  sender: 'sender',
  recipients: 'recipients',
  subject: 'subject',
  body: 'body',
  attachment: 'files inside',
};

export interface MatchExpression {
  /** For FTS5's MATCH; null where nothing needs to be there. */
  readonly wanted: string | null;
  /** What must not be there. */
  readonly excluded: string | null;
}

/** The terms in FTS5's own language. Everything typed is within quotes, so none of it is taken for an operator. */
export function matchExpression(terms: readonly QueryTerm[]): MatchExpression {
  const wanted = terms.filter(term => !term.excluded).map(expressionOf);
  const excluded = terms.filter(term => term.excluded).map(expressionOf);
  return {
    wanted: wanted.length === 0 ? null : wanted.join(' AND '),
    excluded: excluded.length === 0 ? null : excluded.join(' OR '),
  };
}

function expressionOf({ field, text, prefix }: QueryTerm): string {
  const phrase = phraseOf(text, prefix);
  const quoted = `"${phrase.text.replaceAll('"', '""')}"${phrase.prefix ? ' *' : ''}`;
  return field === null ? quoted : `({${columns[field]}} : ${quoted})`;
}
