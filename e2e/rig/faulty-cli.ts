/** The command line as it is shipped, with a fault port that breaks it where the environment says. */
import { installLossyDisk } from './lossy-disk.ts';
import { faultPlanVariable, lossyDiskVariable, parseFaultPlan, plannedFaults } from './planned-faults.ts';

const plan = process.env[faultPlanVariable];
const stateFile = process.env[lossyDiskVariable];
// Before the product is loaded: its modules must meet the watched functions.
const disk = stateFile === undefined ? null : installLossyDisk(stateFile);
const { runCommandLine } = await import('../../electron/hosts/cli/run-command-line.ts');
const faults = plannedFaults(plan === undefined ? null : parseFaultPlan(plan), disk);
process.exitCode = await runCommandLine(process.argv.slice(2), process, { ports: { faults } });
