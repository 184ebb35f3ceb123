/** The command line as it is shipped, with a fault port that breaks it where the environment says. */
import { runCommandLine } from '../../electron/hosts/cli/run-command-line.ts';
import { faultPlanVariable, parseFaultPlan, plannedFaults } from './planned-faults.ts';

const plan = process.env[faultPlanVariable];
const faults = plannedFaults(plan === undefined ? null : parseFaultPlan(plan));
process.exitCode = await runCommandLine(process.argv.slice(2), process, { ports: { faults } });
