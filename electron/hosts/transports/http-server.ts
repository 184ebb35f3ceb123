import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineEvents } from '../../../shared/contract.ts';
import { feedJobs, type JobFeed, type Pacing } from './job-feed.ts';
import { readBody } from './read-body.ts';
import { answerWith, type Dispatch } from './serve-api.ts';

/**
 * The wire over loopback HTTP: `POST /api/call` carries one call and its reply, `GET /api/events` is an event stream
 * (WHATWG HTML, server-sent events) of wire events.
 *
 * Says nothing about who may ask: the web host decides that before it hands a request on.
 */
export interface HttpApi {
  /** Answers a request for the API's own paths; false for every other path, with nothing done. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Ends the event stream. */
  close(): void;
}

export const apiPaths = { call: '/api/call', events: '/api/events' } as const;

/** Longest call. The largest honest one hands over a message of 4 Mi characters with 8 MiB of pictures as Base64. */
const callLimit = 32 * 1024 * 1024;

interface Stream {
  readonly response: ServerResponse;
  readonly feed: JobFeed;
}

export function createHttpApi(dispatch: Dispatch, events: EngineEvents, pacing: Pacing): HttpApi {
  const answer = answerWith(dispatch);
  let stream: Stream | null = null;

  const endStream = (lastWords: string): void => {
    stream?.feed.stop();
    stream?.response.end(lastWords);
    stream = null;
  };

  const openStream = (response: ServerResponse): void => {
    // One screen at a time: the newest has the events, and the one before is told, lest it come back on its own.
    endStream('event: replaced\ndata: {}\n\n');
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.write('retry: 1000\n\n');
    const feed = feedJobs(
      events,
      payload => response.write(`data: ${JSON.stringify({ kind: 'event', name: 'job.changed', payload })}\n\n`),
      pacing,
    );
    response.on('drain', () => {
      feed.resume();
    });
    response.on('close', () => {
      feed.stop();
      if (stream?.response === response) stream = null;
    });
    stream = { response, feed };
  };

  /** The reply as JSON, or the HTTP status that refuses the request. */
  const answerCall = async (request: IncomingMessage): Promise<string | number> => {
    // A form of another site can post text/plain without asking; JSON makes the browser ask first, and be refused.
    if (request.headers['content-type'] !== 'application/json') return 415;
    const body = await readBody(request, callLimit);
    if (body === null) return 413;
    const reply = await answer(parseJson(body));
    return reply === null ? 400 : JSON.stringify(reply);
  };

  return {
    async handle(request, response) {
      const path = request.url?.split('?', 1)[0];
      if (path === apiPaths.call) {
        const reply = request.method === 'POST' ? await answerCall(request) : 405;
        if (typeof reply === 'number') refuse(response, reply);
        else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(reply);
      } else if (path === apiPaths.events) {
        if (request.method === 'GET') openStream(response);
        else refuse(response, 405);
      } else return false;
      return true;
    },
    close() {
      endStream('');
    },
  };
}

/** Refuses and hangs up, so that a body still on its way is not waited for. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}

/** Undefined for what is no JSON, which is then no call either. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
