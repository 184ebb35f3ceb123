import { fails } from './fake-engine.ts';
import { archivePath, ended, jobAt, jobUpTo } from './sample-jobs.ts';
import { described, oneArchive } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { archivePlace, inBrowser } from './usual-answers.ts';

const inspectWith = (status: 'interrupted' | 'partial') => () => ({
  ...archivePlace,
  archive:
    archivePlace.archive === null ? null : { ...archivePlace.archive, lastJob: jobAt('backup', 0.4, { status }) },
});

export const aroundScenarios: readonly Scenario[] = [
  { name: 'home-empty', view: 'home', wizard: null },
  {
    name: 'home-interrupted',
    view: 'home',
    wizard: null,
    archives: [...oneArchive, { path: '/media/anna/CHIAVETTA/Travaso 2025', lastUsed: '2025-12-01T09:00:00.000Z' }],
    answers: {
      'archive.inspect': ({ path }) =>
        path === archivePath ? inspectWith('interrupted')() : { ...archivePlace, holds: 'unreachable', archive: null },
    },
  },
  {
    name: 'home-in-progress',
    view: 'home',
    wizard: { ...described, step: 'verify' },
    archives: oneArchive,
    answers: { 'archive.inspect': inspectWith('partial') },
  },
  {
    name: 'home-start-over',
    view: 'home',
    wizard: { ...described, step: 'verify' },
    act: hand => hand.press('Inizia un nuovo travaso'),
  },
  {
    name: 'home-not-an-archive',
    view: 'home',
    wizard: null,
    answers: { 'report.read': fails('ARCHIVE_NOT_FOUND', { path: '/home/anna/Documenti' }) },
    act: hand => hand.press('Apri un archivio'),
  },
  { name: 'settings', view: 'settings' },
  { name: 'settings-larger-english', view: 'settings', language: 'en', textSize: 'larger' },
  { name: 'help-idle', view: 'help' },
  { name: 'help-running', view: 'help', jobs: [jobUpTo('backup', 0.4)] },
  {
    name: 'help-problem',
    view: 'help',
    jobs: [
      [jobAt('backup', 0.4, { status: 'failed', problem: { code: 'DISK_FULL', details: { path: '/home/anna' } } })],
    ],
  },
  {
    name: 'help-diagnostics',
    view: 'help',
    jobs: [ended('backup')],
    act: hand => hand.press('Mostra le informazioni'),
  },
  {
    name: 'picker-listed',
    wizard: { ...described, step: 'choose', archive: null },
    answers: {
      'host.info': () => inBrowser,
      'host.listFolder': ({ path }) => ({
        path: path ?? '/home/anna',
        parent: '/home',
        entries: ['Documenti', 'Immagini', 'Scrivania', 'Travaso anna.verdi@ente.it'].map(name => ({
          name,
          path: `/home/anna/${name}`,
          kind: 'folder' as const,
        })),
        truncated: false,
      }),
    },
    act: hand => hand.press('Scegli la cartella'),
  },
];
