import { explain } from '../../../shared/words/explain.ts';
import { useLanguage } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { useOrganisation } from './use-organisation.ts';

/** During the organisation's freeze, where its people sign in and upload: what it means, and that they can go on. */
export function FreezeNotice() {
  const language = useLanguage();
  const { freeze } = useOrganisation();
  if (freeze === null) return null;
  const { happened, safe, now, deskCode } = explain(freeze, language);
  return (
    <Notice kind="attention">
      {happened} {safe} {now} ({deskCode})
    </Notice>
  );
}
