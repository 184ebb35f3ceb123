import type { Measurement } from './measure.ts';

export interface Row {
  readonly name: string;
  readonly remark: string;
  readonly measured: Measurement;
}

/** A race as a Markdown table. `×` is how many times as long as ours another one takes: over 1, we are faster. */
export function raceTable(title: string, rows: readonly Row[], octets: number | null): string {
  const ours = rows[0]?.measured.seconds ?? NaN;
  const head = ['', 'seconds', ...(octets === null ? [] : ['MB/s']), '×', 'CPU s', 'peak RSS MiB', ''];
  const body = rows.map(({ name, remark, measured }, index) => {
    if (measured.exitCode !== 0) return [name, `failed (exit code ${measured.exitCode ?? 'none'})`];
    const { seconds, cpuSeconds, peakMiB } = measured;
    return [
      index === 0 ? `**${name}**` : name,
      seconds.toFixed(2),
      ...(octets === null ? [] : [(octets / 1e6 / seconds).toFixed(0)]),
      index === 0 ? '1' : (seconds / ours).toFixed(2),
      cpuSeconds.toFixed(2),
      peakMiB.toFixed(0),
      remark,
    ];
  });
  return `### ${title}\n\n${markdownTable(head, body)}\n`;
}

export function markdownTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  const cells = [head, ...body].map(row =>
    head.map((_, column) => (row[column] ?? '').replaceAll('|', String.raw`\|`)),
  );
  const widths = head.map((_, column) => Math.max(3, ...cells.map(row => row[column]?.length ?? 0)));
  const last = head.length - 1;
  const isText = (column: number): boolean => column === 0 || column === last;
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, n) => (isText(n) ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, n) => (isText(n) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}
