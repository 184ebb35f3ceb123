import { displayPath, type FolderPath } from '../../../shared/model/folder.ts';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { TargetFolder } from '../targets/mail-target.ts';

/** Names each keyword a folder does not store once, not for every message that has it. */
export class KeywordRemarks {
  private readonly path: FolderPath;
  private readonly context: Pick<JobContext, 'exception'>;
  private readonly named = new Set<string>();

  constructor(path: FolderPath, context: Pick<JobContext, 'exception'>) {
    this.path = path;
    this.context = context;
  }

  note(folder: Pick<TargetFolder, 'acceptsKeyword'>, messages: readonly Pick<MessageAttributes, 'keywords'>[]): void {
    for (const keyword of new Set(messages.flatMap(message => message.keywords))) {
      if (folder.acceptsKeyword(keyword) || this.named.has(keyword)) continue;
      this.named.add(keyword);
      const details = { keyword, folder: displayPath(this.path) };
      this.context.exception({
        problem: { code: 'TARGET_KEYWORD_REFUSED', details },
        folder: [...this.path],
        number: null,
        key: null,
      });
    }
  }
}
