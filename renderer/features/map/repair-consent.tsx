import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';

interface RepairConsentProps {
  readonly plan: UploadPlan;
  readonly agreed: boolean;
  readonly onChange: (agreed: boolean) => void;
}

/** Messages that only get in as a corrected copy: the person decides, and the original stays in the archive. */
export function RepairConsent({ plan, agreed, onChange }: RepairConsentProps) {
  const words = useWords();
  const mendable = plan.refusals.filter(({ remedy }) => remedy === 'repair').length + plan.repaired.length;
  if (mendable === 0) return null;
  return (
    <Checkbox
      id="repair"
      label={words.map.repair(words.messages(mendable))}
      hint={words.map.repairHint}
      checked={agreed}
      onChange={onChange}
    />
  );
}
