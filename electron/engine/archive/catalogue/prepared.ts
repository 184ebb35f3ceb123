import type { Database, Statement } from 'better-sqlite3';

const statements = new WeakMap<Database, Map<string, Statement>>();

/**
 * The statement for this text, prepared once for each database. For what is asked once a message: a statement costs
 * about 10 KB outside of the JavaScript heap, which the collector does not see and frees late, so that preparing one
 * for each of 10,000 messages holds 100 MB.
 *
 * Only for statements that are used as they are: one that is told to `pluck` would do so for everybody.
 */
export function prepared(db: Database, text: string): Statement {
  let ofDatabase = statements.get(db);
  if (ofDatabase === undefined) {
    ofDatabase = new Map();
    statements.set(db, ofDatabase);
  }
  let statement = ofDatabase.get(text);
  if (statement === undefined) {
    statement = db.prepare(text);
    ofDatabase.set(text, statement);
  }
  return statement;
}
