import { GraphError } from './graph-error.ts';

type Check = (value: unknown) => boolean;

const text: Check = value => typeof value === 'string';
const flag: Check = value => typeof value === 'boolean';
const texts: Check = value => Array.isArray(value) && value.every(text);
const list: Check = value => Array.isArray(value);
const whole: Check = value => Number.isInteger(value);
const object: Check = value => typeof value === 'object' && value !== null;
const oneOf =
  (...words: readonly string[]): Check =>
  value =>
    words.includes(String(value));
const atMost =
  (most: number): Check =>
  value =>
    texts(value) && (value as unknown[]).length <= most;
const members =
  (...names: readonly string[]): Check =>
  value =>
    object(value) && Object.entries(value as object).every(([name, each]) => names.includes(name) && text(each));

const place = members('street', 'city', 'state', 'postalCode', 'countryOrRegion');
const moment = members('dateTime', 'timeZone');
const properties: Check = value => list(value) && (value as unknown[]).every(each => members('id', 'value')(each));

const tables: Readonly<Record<'contact' | 'event' | 'todoTask', Readonly<Record<string, Check>>>> = {
  contact: {
    ...all(text, 'displayName', 'surname', 'givenName', 'middleName', 'title', 'generation', 'nickName', 'companyName'),
    ...all(text, 'department', 'jobTitle', 'businessHomePage', 'mobilePhone', 'personalNotes', 'fileAs'),
    birthday: value => text(value) && !Number.isNaN(Date.parse(String(value))),
    ...all(place, 'businessAddress', 'homeAddress', 'otherAddress'),
    businessPhones: atMost(2),
    homePhones: atMost(2),
    imAddresses: texts,
    categories: texts,
    emailAddresses: value =>
      list(value) &&
      (value as unknown[]).length <= 3 &&
      (value as unknown[]).every(each => members('name', 'address')(each)),
    singleValueExtendedProperties: properties,
  },
  event: {
    ...all(text, 'subject', 'transactionId'),
    body: members('contentType', 'content'),
    location: members('displayName'),
    categories: texts,
    showAs: oneOf('free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown'),
    sensitivity: oneOf('normal', 'personal', 'private', 'confidential'),
    importance: oneOf('low', 'normal', 'high'),
    ...all(flag, 'isReminderOn', 'isAllDay', 'responseRequested'),
    reminderMinutesBeforeStart: whole,
    ...all(moment, 'start', 'end'),
    recurrence: object,
    attendees: list,
    singleValueExtendedProperties: properties,
  },
  todoTask: {
    title: value => text(value) && value !== '',
    body: members('contentType', 'content'),
    importance: oneOf('low', 'normal', 'high'),
    status: oneOf('notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'),
    categories: texts,
    isReminderOn: flag,
    ...all(moment, 'dueDateTime', 'startDateTime', 'completedDateTime', 'reminderDateTime'),
    recurrence: object,
    extensions: value =>
      list(value) && (value as { extensionName?: unknown }[]).every(each => text(each.extensionName)),
  },
};

function all(check: Check, ...names: readonly string[]): Readonly<Record<string, Check>> {
  return Object.fromEntries(names.map(name => [name, check]));
}

/** Graph refuses a whole request for one property it does not know or whose value is of another type. */
export function checkProperties(type: keyof typeof tables, resource: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(resource)) {
    const check = Object.hasOwn(tables[type], name) ? tables[type][name] : undefined;
    if (check === undefined)
      throw new GraphError(
        400,
        'RequestBodyRead',
        `The property '${name}' does not exist on type 'microsoft.graph.${type}'.`,
      );
    if (!check(value)) throw new GraphError(400, 'ErrorInvalidArgument', `The value of '${name}' is not valid.`);
  }
}
