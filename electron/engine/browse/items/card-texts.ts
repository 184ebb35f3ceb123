import type ICAL from 'ical.js';
import { itemLimits } from './item-limits.ts';

/** Values of a property; none where the library finds that they are none. */
export function valuesOf(property: ICAL.Property): readonly unknown[] {
  try {
    return property.getValues() as unknown[];
  } catch {
    return [];
  }
}

/** The first value as text; empty where there is none. */
export function firstText(property: ICAL.Property): string {
  return valuesOf(property).slice(0, 1).map(String).join('');
}

export function textsOf(component: ICAL.Component, name: string): readonly string[] {
  return component
    .getAllProperties(name)
    .flatMap(valuesOf)
    .map(value => shortened(String(value)))
    .filter(text => text !== '');
}

export function textOf(component: ICAL.Component, name: string): string {
  return textsOf(component, name)[0] ?? '';
}

/** The first value where there are several, empty where there is none. */
export function parameterOf(property: ICAL.Property | null, name: string): string {
  const given: string | readonly string[] | undefined = property?.getParameter(name) ?? undefined;
  return shortened((typeof given === 'string' ? given : given?.[0]) ?? '');
}

export function shortened(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim().slice(0, itemLimits.characters);
}
