import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseStrictJson } from './strict-json'

describe('strict JSON', () => {
  test.each([
    ['{"a":1,"b":[true,null,"x"]}', { a: 1, b: [true, null, 'x'] }],
    ['{"a":{"a":1},"b":{"a":2}}', { a: { a: 1 }, b: { a: 2 } }],
    ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', { a: '{"a":1,"a":2}' }],
    ['{"a":"__proto__"}', { a: '__proto__' }],
    ['["a",":","b"]', ['a', ':', 'b']],
    [' 1 ', 1],
    ['{"\\"a\\"" \n\t:1,"\\\\":2}', { '"a"': 1, '\\': 2 }],
    ['[[[[[[[[1]]]]]]]]', [[[[[[[[1]]]]]]]]],
  ])('takes %s', (text, value) => expect(parseStrictJson(text)).toEqual(value))

  test.each([
    '',
    '{',
    '{"a":1,}',
    '{a:1}',
    '{"a":1} x',
    'NaN',
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"b":{"a":1,"a":1}}',
    '{"b":[{"a":1},{"a":1,"c":2,"a":3}]}',
    '{"__proto__":{}}',
    '{"\\u005f\\u005fproto__":1}',
    '{"a":{"__proto__":null}}',
    '[[[[[[[[[1]]]]]]]]]',
    `${'['.repeat(8_000)}${']'.repeat(8_000)}`,
    `[${'{},'.repeat(400_000)}{}]`,
    '"a'.repeat(400_000),
    `{"a"${' '.repeat(400_000)}`,
  ])('refuses %.40s', (text) => expect(parseStrictJson(text)).toBeUndefined())

  it('reads what JSON.stringify writes as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('"__proto__":'))
        expect(JSON.stringify(parseStrictJson(text))).toBe(text)
      }),
    )
  })

  it('refuses every object in which a key stands twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, between) => {
        const [first, other] = [JSON.stringify(key), JSON.stringify(between)]
        expect(parseStrictJson(`{${first}:1,${other}:[{}],${first}:"x"}`)).toBeUndefined()
      }),
    )
  })
})
