import { expect, it } from 'vitest'
import { couldBe } from './could-be'

it.each([
  ['2145550101', '+12145550101', true],
  ['12145550101', '+12145550101', true],
  ['5550101', '+12145550101', true],
  ['0112145550101', '+12145550101', true],
  ['03023125101', '+493023125101', true],
  ['4903023125101', '+493023125101', true],
  ['0101', '+12145550101', true],
  ['88202', '+12145550101', false],
  ['2145550102', '+12145550101', false],
  ['0', '+12145550100', false],
])('digits %s and %s: %s', (digits, number, expected) => {
  expect(couldBe(digits, number)).toBe(expected)
})
