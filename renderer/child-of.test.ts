import { expect, test } from 'vitest';
import { childOf } from './child-of.ts';

test('a child is spelled as its folder is', () => {
  expect(childOf('/home/anna', 'Travaso')).toBe('/home/anna/Travaso');
  expect(childOf('/', 'Travaso')).toBe('/Travaso');
  expect(childOf('C:\\Users\\anna', 'Travaso')).toBe('C:\\Users\\anna\\Travaso');
  expect(childOf('D:\\', 'Travaso')).toBe('D:\\Travaso');
  expect(childOf('/home/anna/con\\barra', 'x')).toBe('/home/anna/con\\barra/x');
});
