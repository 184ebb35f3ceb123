import type { ItemKind } from '../../../shared/model/item.ts';
import { itemKinds } from '../../../shared/model/item.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';

/** Kinds that go by themselves unless the person says no. Rules and signatures go only where the person says yes. */
export function kindsToChoose({ items = [] }: Pick<UploadPlan, 'items'>): readonly ItemKind[] {
  return itemKinds.filter(
    kind => kind !== 'rule' && kind !== 'signature' && items.some(each => each.kind === kind && each.fate === 'upload'),
  );
}

interface ItemChoiceProps {
  readonly plan: UploadPlan;
  readonly staying: readonly ItemKind[];
  readonly onChange: (staying: ItemKind[]) => void;
}

/** Which kinds go to the new mailbox; all are ticked until the person says otherwise. */
export function ItemChoice({ plan, staying, onChange }: ItemChoiceProps) {
  const words = useWords();
  return (
    <fieldset className="t-kinds">
      <legend className="visually-hidden">{words.items.plan.choice}</legend>
      {kindsToChoose(plan).map(kind => (
        <Checkbox
          key={kind}
          id={`go-${kind}`}
          label={words.items.plan.choose(words.choose.kinds[kind])}
          checked={!staying.includes(kind)}
          onChange={goes => onChange([...staying.filter(other => other !== kind), ...(goes ? [] : [kind])])}
        />
      ))}
    </fieldset>
  );
}
