import type { MigrationReport } from '../../../shared/model/report.ts';

/** The report's data as a JSON file; `reportSchema` reads it back and refuses one that was altered carelessly. */
export function renderReportJson(report: MigrationReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
