import { ItemLedger } from '../archive/catalogue/item-ledger.ts';
import { persist } from '../jobs/persistence.ts';
import { Session } from '../jobs/session.ts';
import type { ItemTarget, TargetItemFolder } from '../targets/item-target.ts';
import { ItemIdentities } from '../upload/items/item-identities.ts';
import { leaveToPerson } from '../upload/items/leave-to-person.ts';
import { chosenItemFolders, needsConsent, planItems } from '../upload/items/plan-items.ts';
import type { PlannedItemFolder } from '../upload/items/plan-items.ts';
import type { ItemUploadOptions } from '../upload/items/run-item-upload.ts';
import { ItemFolderProof } from './item-folder-proof.ts';

export type ItemProofOptions = Omit<ItemUploadOptions, 'ports' | 'setSettings'>;

/** Proves what arrived: every item that was to be carried is read back and compared, field by field. */
export async function runItemProof(options: ItemProofOptions): Promise<void> {
  const { archive, account, connect, context } = options;
  if (chosenItemFolders(archive, options).length === 0) return;
  const ledger = new ItemLedger(archive.catalogue.db, account);
  const identities = new ItemIdentities(archive);
  const session = new Session(async () => {
    const target = await connect();
    return { target, close: (): Promise<void> => target?.close() ?? Promise.resolve() };
  });
  try {
    const planned = await persist(
      context,
      session,
      () => 0,
      () => session.with(({ target }) => planItems(target, { ...options, ledger, setSettings: true }, context.signal)),
    );
    for (const each of planned) {
      context.signal.throwIfAborted();
      // Rules and signatures that nobody agreed to were never sent.
      const waits = needsConsent(each.folder) && ledger.folder(each.folder.id) === null;
      if (each.fate === 'upload' && !waits) {
        const proof = new ItemFolderProof({ archive, planned: each, ledger, identities, context });
        await persist(
          context,
          session,
          () => proof.achieved,
          () => session.with(({ target }) => proveOn(target, proof, each, ledger)),
        );
        proof.writeFigures();
      } else {
        leaveToPerson(each, waits ? 'SETTINGS_NOT_SET' : 'ITEMS_BY_HAND', options);
      }
    }
  } finally {
    await session.close();
  }
}

async function proveOn(
  target: ItemTarget | null,
  proof: ItemFolderProof,
  { folder, there }: PlannedItemFolder,
  ledger: ItemLedger,
): Promise<void> {
  if (target === null) return;
  // Where it would go now is where it went only if the ledger says so.
  const carriedTo: TargetItemFolder | null = ledger.folder(folder.id)?.key === there?.key ? there : null;
  await proof.run(target, carriedTo);
}
