import * as z from 'zod';
import { problemSchema } from './job.ts';

/** What is looked at, in this order: each one makes sense only where those before it went well. */
export const doctorChecks = ['find', 'name', 'port', 'tls', 'service', 'account'] as const;
export type DoctorCheck = (typeof doctorChecks)[number];

/** `unchecked`: not reached, or not asked for (an account without its password). */
export const doctorStates = ['waiting', 'running', 'good', 'bad', 'unchecked'] as const;

export const doctorStepSchema = z.object({
  check: z.enum(doctorChecks),
  state: z.enum(doctorStates),
  /** Why it is bad, or a warning beside a good result (a certificate made by a program that reads along). */
  problem: problemSchema.nullable(),
  /** What was seen, for the person who has to mend it: addresses, certificate, capabilities. No secret. */
  seen: z.record(z.string(), z.string()),
});
export type DoctorStep = z.infer<typeof doctorStepSchema>;

export const diagnosisSchema = z.object({
  done: z.boolean(),
  /** Host and port that were examined; null until one was found. */
  server: z.string().nullable(),
  steps: z.array(doctorStepSchema),
  /** One line to send to those who run the server or the network: when, where, what was seen. */
  line: z.string(),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
