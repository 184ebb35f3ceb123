import { useWords } from '../../services.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { HandoverWork } from './handover-work.tsx';

export function HandoverDialog({ archive, onClose }: { readonly archive: string; readonly onClose: () => void }) {
  const words = useWords().items.byHand;
  return (
    <Dialog title={words.action} onClose={onClose}>
      <p>{words.about}</p>
      <HandoverWork archive={archive} />
    </Dialog>
  );
}
