import type { Language } from '../language.ts';
import { englishReport } from './english-report.ts';
import { italianReport } from './italian-report.ts';
import type { ReportWords } from './report-words.ts';

export const reportWordsOf: Readonly<Record<Language, ReportWords>> = { it: italianReport, en: englishReport };
