import * as z from 'zod';

/**
 * To be imported before any schema is made: zod would compile its parsers with `new Function`, and finds out whether
 * it may by trying, which the content security policy refuses and reports.
 */
z.config({ jitless: true });
