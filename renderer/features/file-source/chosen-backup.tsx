import type { Ref } from 'react';
import { formatBytes } from '../../../shared/words/format.ts';
import { accountName } from '../../account-name.ts';
import { useLanguage, useWords } from '../../services.ts';
import type { WizardFile } from '../../state/wizard.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { describeMail } from './describe-mail.ts';
import type { OpenableMail } from './use-recognition.ts';

interface ChosenBackupProps {
  readonly file: WizardFile;
  readonly choices: readonly OpenableMail[];
  readonly onChoose: (mail: OpenableMail) => void;
  readonly onOther: () => void;
  readonly headingRef: Ref<HTMLHeadingElement>;
}

/** What was recognised, and which of several things to take. */
export function ChosenBackup({ file, choices, onChoose, onOther, headingRef }: ChosenBackupProps) {
  const words = useWords();
  const language = useLanguage();
  return (
    <section className="t-panel" aria-labelledby="backup-title">
      <div className="t-card-head">
        <h2 className="t-backup-name" id="backup-title" ref={headingRef} tabIndex={-1}>
          <Icon name={file.files === 1 ? 'it-file' : 'it-folder'} />
          {file.name}
        </h2>
        <QuietAction onClick={onOther}>{words.file.other}</QuietAction>
      </div>
      <p>
        <strong>{describeMail(file, words)}</strong>
        {file.files === 0 ? null : ` — ${words.file.size(file.files, formatBytes(file.octets, language))}`}
      </p>
      {file.zipped ? <p>{words.file.zipped}</p> : null}
      <p className="t-hint t-path">{accountName(file.address)}</p>
      {choices.length < 2 ? null : (
        <Choice
          legend={words.file.several}
          name="backup"
          value={file.address}
          onChange={address => {
            const chosen = choices.find(mail => mail.address === address);
            if (chosen !== undefined) onChoose(chosen);
          }}
          options={choices.map(mail => ({
            value: mail.address,
            label: `${mail.name}: ${describeMail(mail, words)}`,
            hint: words.file.size(mail.files, formatBytes(mail.octets, language)),
          }))}
        />
      )}
    </section>
  );
}
