import type { DuplicatesChoice, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { DuplicateChoice } from '../map/duplicate-choice.tsx';
import { FolderMap } from '../map/folder-map.tsx';
import { PlanRemarks } from '../map/plan-remarks.tsx';
import { Refusals } from '../map/refusals.tsx';
import { RepairConsent } from '../map/repair-consent.tsx';
import { Room } from '../map/room.tsx';

interface RestorePlanProps {
  /** Null while the mailbox is being looked at. */
  readonly plan: UploadPlan | null;
  readonly repair: boolean;
  readonly onRepair: (agreed: boolean) => void;
  readonly onDuplicates: (sent: DuplicatesChoice) => void;
}

/** Nothing left to do, as far as the mailbox is known: not the same as nothing that can be sent. */
export function isAllThere({ folders }: UploadPlan): boolean {
  return folders.every(({ messages, done }) => done === messages);
}

/** What a restore will do, before it does it: the plan of an upload, and what of it the mailbox has already. */
export function RestorePlan({ plan, repair, onRepair, onDuplicates }: RestorePlanProps) {
  const words = useWords().archive.restore;
  const language = useLanguage();
  const there = plan?.folders.reduce((sum, { done }) => sum + done, 0) ?? 0;
  return (
    <>
      <p role="status">
        {plan === null ? (
          words.planning
        ) : (
          <strong>
            {isAllThere(plan) ? words.allThere : words.toPutBack(plan.messages, formatBytes(plan.octets, language))}
          </strong>
        )}{' '}
        {there === 0 ? null : words.there(there)}
      </p>
      {plan === null || isAllThere(plan) ? null : (
        <>
          <p className="t-hint">{words.thereHint}</p>
          <Room plan={plan} />
          <Refusals refusals={plan.refusals} />
          <RepairConsent plan={plan} agreed={repair} onChange={onRepair} />
          <DuplicateChoice duplicates={plan.duplicates} onChange={onDuplicates} />
          <PlanRemarks plan={plan} />
        </>
      )}
      {plan === null ? null : <FolderMap folders={plan.folders} onChange={null} />}
    </>
  );
}
