import ICAL from 'ical.js';

/**
 * Every reminder as one that shows on the screen. One by mail would be sent by the server to whomever it names, and an
 * action that the server does not know makes it skip the whole appointment without a word (Alarm.parse).
 */
export function normaliseAlarms(component: ICAL.Component): void {
  for (const alarm of component.getAllSubcomponents('valarm')) {
    component.removeSubcomponent(alarm);
    const trigger = alarm.getFirstProperty('trigger');
    const action = String(alarm.getFirstPropertyValue('action') ?? '').toUpperCase();
    if (trigger === null || action === 'NONE') continue;
    const shown = new ICAL.Component('valarm');
    shown.addPropertyWithValue('action', 'DISPLAY');
    shown.addProperty(trigger);
    const text = alarm.getFirstPropertyValue('description');
    shown.addPropertyWithValue('description', typeof text === 'string' && text !== '' ? text : 'Promemoria');
    for (const name of ['repeat', 'duration']) {
      const property = alarm.getFirstProperty(name);
      if (property !== null) shown.addProperty(property);
    }
    component.addSubcomponent(shown);
  }
}
