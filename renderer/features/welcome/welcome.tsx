import { useWizard, useWords } from '../../services.ts';
import { Actions, MainAction, SideAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OrganisationNotice } from '../organisation/organisation-notice.tsx';
import { StepScreen } from '../step-screen.tsx';

const stages = [
  ['save', 'it-download'],
  ['check', 'it-search'],
  ['load', 'it-upload'],
] as const satisfies readonly (readonly ['save' | 'check' | 'load', IconName])[];

export function Welcome() {
  const words = useWords();
  const [, change] = useWizard();
  return (
    <StepScreen step="welcome" title={words.welcome.title} lead={words.welcome.lead}>
      <OrganisationNotice />
      <ol className="t-stages">
        {stages.map(([stage, icon]) => (
          <li key={stage}>
            <Icon name={icon} />
            <div>
              <h2>{words.welcome[stage].title}</h2>
              <p>{words.welcome[stage].text}</p>
            </div>
          </li>
        ))}
      </ol>
      <Notice kind="safe">
        <strong>{words.untouched}</strong> {words.untouchedMore}
      </Notice>
      <h2 className="t-h2">{words.welcome.needTitle}</h2>
      <ul className="t-plain-list">
        <li>{words.welcome.need.old}</li>
        <li>{words.welcome.need.room}</li>
        <li>{words.welcome.need.new}</li>
      </ul>
      <p>{words.welcome.stop}</p>
      <Actions>
        <SideAction onClick={() => change({ step: 'source', way: 'file' })}>{words.file.start}</SideAction>
        <MainAction onClick={() => change({ step: 'source', way: 'mailbox' })}>{words.welcome.start}</MainAction>
      </Actions>
    </StepScreen>
  );
}
