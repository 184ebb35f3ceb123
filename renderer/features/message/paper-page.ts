import type { MessageView, Person } from '../../../shared/model/message-view.ts';
import { formatDateTime } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { Words } from '../../words/words.ts';
import { cleanHtml } from './clean-html.ts';
import { onCleaningBench } from './cleaning-bench.ts';
import { escapeHtml, framePage } from './frame-page.ts';
import { personName } from './person-name.ts';

/** A message as a document of its own, with its people and date above it, to be printed. Cleaned like the frame's. */
export async function paperPage(
  view: MessageView,
  form: 'text' | 'page',
  words: Words['message'],
  language: Language,
): Promise<string> {
  const { headers, html, text } = view;
  const title = headers.subject === '' ? words.noSubject : headers.subject;
  const top = `<div class="travaso-head"><h1>${escapeHtml(title)}</h1>${factsOf(view, words, language)}</div>`;
  if (form === 'page' && html !== null) {
    const { head, body } = await onCleaningBench(bench => cleanHtml(html.body, view.images, bench));
    // Above the message's own body, whose colours and margins would otherwise be ours too.
    return framePage({
      title,
      head,
      body: body.replace(/^<body[^>]*>/, opening => `${opening}${top}`),
      textSize: 'normal',
    });
  }
  const body = `<body>${top}<div style="white-space: pre-wrap">${escapeHtml(text?.body ?? '')}</div></body>`;
  return framePage({ title, head: '', body, textSize: 'normal' });
}

function factsOf(
  { headers, parts }: MessageView,
  { facts, parts: partWords }: Words['message'],
  language: Language,
): string {
  const named = (persons: readonly Person[]) => persons.map(personName).join(', ');
  const rows: readonly (readonly [string, string])[] = [
    [facts.from, named(headers.from)],
    [facts.to, named(headers.to)],
    [facts.cc, named(headers.cc)],
    [facts.date, headers.date === null ? facts.noDate : formatDateTime(headers.date, language)],
    [partWords.title(parts.length), parts.map(({ name }) => name).join(', ')],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  return `<dl>${shown.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}
