import { expect, test } from 'vitest';
import { runCli, startCli, type CliOptions } from './run-cli.ts';

/** A stand-in for the command line: the rig is under test here, not the product. */
const script = (source: string): Pick<CliOptions, 'command'> => ({
  command: [process.execPath, '--input-type=module', '-e', source, '--'],
});

test('events, words, complaints, exit code, arguments, environment and standard input all come through', async () => {
  const run = await runCli(['backup', '--json'], {
    ...script(`
      let password = ''; for await (const chunk of process.stdin) password += chunk;
      console.log('plain words'); console.error('a warning');
      console.log(JSON.stringify({ event: 'progress', args: process.argv.slice(1), password }));
      console.log(JSON.stringify({ event: 'result', status: process.env.RIG_STATUS }));
      process.exitCode = 2;`),
    stdin: 'segreta',
    env: { RIG_STATUS: 'partial' },
  });
  expect(run).toEqual({
    exitCode: 2,
    signal: null,
    events: [
      { event: 'progress', args: ['backup', '--json'], password: 'segreta' },
      { event: 'result', status: 'partial' },
    ],
    result: { event: 'result', status: 'partial' },
    text: 'plain words\n',
    stderr: 'a warning\n',
  });
});

test('a run can be killed at an event, and then has no result', async () => {
  await using run = startCli([], script(`console.log('{"event":"progress","done":7}'); setInterval(() => {}, 1000);`));
  expect(await run.waitFor(event => event.event === 'progress')).toMatchObject({ done: 7 });
  expect(await run.kill()).toMatchObject({ exitCode: null, signal: 'SIGKILL', result: null });
  expect(await run.waitFor(event => event.event === 'never')).toBeNull();
});
