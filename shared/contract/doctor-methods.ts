import * as z from 'zod';
import { diagnosisSchema } from '../model/doctor.ts';
import { path, tls } from './schemas.ts';

/** "Why can't I get in?": looks at one thing after the other and says where it ends. Within a minute. */
export const doctorMethods = {
  'doctor.start': {
    input: z.object({
      /** As `accountSchema.address`; or a mail address, whose server is then looked for. */
      address: z.string().min(1).meta({ role: 'address' }),
      /** Typed by the person, when the address is a mail address. */
      server: z.string().nullable(),
      role: z.enum(['source', 'target']),
      tls: tls.optional(),
      caFile: path.optional(),
      /** A password that was kept before; tried once. Null: everything up to the account. */
      signInId: z.uuid().nullable(),
    }),
    output: z.object({ diagnosisId: z.uuid() }),
  },
  'doctor.read': { input: z.object({ diagnosisId: z.uuid() }), output: diagnosisSchema },
} as const;
