import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '@/lib/domain/session/account'
import { parseAccount } from './account'
import { VidaFailure } from './failure'
import { parseCaller } from './identity'
import { parseNumbersPage } from './numbers'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('parseCaller', () => {
  it.each([
    [{ superAdmin: true, accountType: 'partner', partnerId: 9 }, 'administrator', { kind: 'partner', id: '9' }],
    [{ superAdmin: true, resellerId: 'r' }, 'administrator', { kind: 'reseller', id: 'r' }],
    [{ superAdmin: true }, 'administrator', null],
    [{ superAdmin: 'true', accountType: 'account' }, 'agent', { kind: 'agent', id: '1' }],
    [{ accountType: 'partner' }, 'partner', { kind: 'partner', id: '1' }],
    [{ accountType: 'partner', partnerId: 5 }, 'partner', { kind: 'partner', id: '5' }],
    [{ organizationId: 5, partnerId: '5', resellerId: 5 }, 'partner', { kind: 'partner', id: '5' }],
    [
      { accountType: 'user', organizationId: 5, resellerId: '5', partnerId: 8 },
      'reseller',
      { kind: 'reseller', id: '5' },
    ],
    [{ accountType: 'Reseller ', resellerId: '' }, 'reseller', { kind: 'reseller', id: '1' }],
    [{ accountType: 'account', organizationId: 3, resellerId: 2 }, 'agent', { kind: 'agent', id: '1' }],
    [
      { accountType: 'organization', organizationId: 3, resellerId: 2 },
      'organization',
      { kind: 'organization', id: '3' },
    ],
    [{ accountType: 'organization' }, 'organization', { kind: 'organization', id: '1' }],
    [{ accountType: 'user', organizationId: 3 }, 'organization', { kind: 'organization', id: '3' }],
    [{ accountType: 'user', organizationId: '' }, 'unknown', null],
    [{ accountType: 'user', organizationId: '', partnerId: '' }, 'unknown', null],
    [{ accountType: 'auditor', organizationId: 3, resellerId: 2 }, 'unknown', { kind: 'organization', id: '3' }],
    [{ accountType: 7, resellerId: 2, partnerId: 1 }, 'unknown', { kind: 'reseller', id: '2' }],
    [{}, 'unknown', null],
  ])('takes %j for %s', (fields, role, root) => {
    const expected = { id: '1', role, root }
    expect(parseCaller({ id: 1, ...fields })).toMatchObject(expected)
    expect(parseCaller({ id: '1', success: true, details: fields })).toMatchObject(expected)
    expect(parseCaller({ success: true, account: { id: 1, ...fields } })).toMatchObject(expected)
    expect(parseCaller({ account: { id: 1, details: fields } })).toMatchObject(expected)
  })

  it('names a company by its organization name and an agent by its own', () => {
    const names = { id: 1, orgName: 'Acme', accountName: 'Front desk', username: 'u' }
    expect(parseCaller({ ...names, accountType: 'reseller' })?.name).toBe('Acme')
    expect(parseCaller({ ...names, accountType: 'account' })?.name).toBe('Front desk')
    expect(parseCaller({ id: 1, username: '\u202e ' })?.name).toBe('1')
  })

  it('lets the outer field win, and an empty one give way', () => {
    expect(parseCaller({ id: 1, accountType: 'account', details: { id: 2, accountType: 'partner' } })?.role).toBe(
      'agent',
    )
    expect(parseCaller({ id: 1, accountType: '', details: { accountType: 'partner' } })?.role).toBe('partner')
  })

  it('is null for nonsense, or an identity that is whole', () => {
    const fields = [
      'id',
      'account',
      'details',
      'accountType',
      'superAdmin',
      'organizationId',
      'partnerId',
      'name',
      '__proto__',
    ]
    const json = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()))
    fc.assert(
      fc.property(json, (value) => {
        const identity = parseCaller(JSON.parse(JSON.stringify(value)))
        if (identity === null) return
        expect(identity.id).toMatch(/^\S+$/u)
        expect(identity.name.length).toBeGreaterThan(0)
        expect(ROLES).toContain(identity.role)
      }),
    )
    expect(parseCaller({ id: 2 ** 60 })).toBeNull()
    expect(parseCaller([{ id: 1 }])).toBeNull()
  })
})

describe('parseAccount', () => {
  it('reads what Vida is seen to send', () => {
    const seen = {
      id: 100001,
      accountName: 'Front <b>desk</b>',
      orgName: 'Acme',
      active: false,
      organizationId: 7,
      resellerId: '3',
      partnerId: 2,
      vidaPhoneNumber: '+1-800-555-0202',
      vidaPremiumCanceled: 1767225600,
      canceledReason: 'too\nexpensive',
    }
    expect(parseAccount(seen, 'account')).toEqual({
      id: '100001',
      name: 'Front <b>desk</b>',
      active: false,
      canceledAt: '2026-01-01T00:00:00.000Z',
      canceledReason: 'too expensive',
      mainNumber: '+1-800-555-0202',
      organizationId: '7',
      resellerId: '3',
      partnerId: '2',
    })
    expect(parseAccount(seen, 'organization')?.name).toBe('Acme')
  })

  it.each([
    [1767225600, '2026-01-01T00:00:00.000Z'],
    [1767225600000, '2026-01-01T00:00:00.000Z'],
    ['1767225600', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000Z'],
    [null, null],
    [0, null],
    [-5, null],
    [1e300, null],
    ['never', null],
    [true, null],
  ])('reads the cancellation %j as %j', (given, canceledAt) => {
    expect(parseAccount({ id: 1, vidaPremiumCanceled: given }, 'account')?.canceledAt).toBe(canceledAt)
  })

  it.each([
    ['+1-800-555-0202', '+1-800-555-0202'],
    [18005550202, '18005550202'],
    [['+18005550202'], '["+18005550202"]'],
    ['', null],
    [null, null],
    [undefined, undefined],
  ])('tells a main number %j from one that is empty and from one that is not named', (given, mainNumber) => {
    const named = given === undefined ? {} : { vidaPhoneNumber: given }
    for (const value of [{ id: 1, ...named }, { id: 1, details: named }, { account: { id: 1, ...named } }]) {
      expect(parseAccount(value, 'account')?.mainNumber).toBe(mainNumber)
    }
  })

  it('reads an account whose main number is nested too deeply to be quoted', () => {
    expect(parseAccount({ id: 1, vidaPhoneNumber: nested(50_000) }, 'account')).toMatchObject({ mainNumber: '…' })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseAccount(value, 'account')))
  })
})

describe('parseNumbersPage', () => {
  const full = { number: '+12145551234', country: 'US', label: 'Main', provider: 'Twilio', sms: true }
  const bare = { number: '+12145551234', country: null, label: null, provider: null, sms: null }

  it.each([
    ['strings', { success: true, phoneNumbers: ['+12145551234', '+1-214-555-1234'] }, [bare, bare]],
    [
      'objects with number',
      {
        phoneNumbers: [
          {
            number: '+1 (214) 555-1234',
            country: 'us',
            friendlyName: 'Main',
            provider: { name: 'Twilio' },
            capabilities: ['voice', 'SMS'],
          },
        ],
      },
      [full],
    ],
    [
      'objects with phoneNumber',
      {
        numbers: [
          {
            ...{ phoneNumber: '+12145551234', country: 'United States', countryCode: 'US' },
            ...{ label: 'Main', providerName: 'Twilio', capabilities: { sms: true } },
          },
        ],
        total: 1,
      },
      [full],
    ],
    [
      'a bare array',
      [{ number: '+12145551234', country: 'US', label: 'Main', provider: 'Twilio', smsEnabled: true }, '+442079460018'],
      [full, { ...bare, number: '+442079460018' }],
    ],
    [
      'objects whose `number` is none beside a `phoneNumber` that is one',
      [
        { number: 17, phoneNumber: '+12145551234' },
        { number: '2145551234', phoneNumber: '+1-214-555-1234' },
      ],
      [bare, bare],
    ],
    ['none', { success: true, phoneNumbers: [] }, []],
    ['none, bare', [], []],
  ])('reads %s', async (_, value, numbers) => {
    expect((await parseNumbersPage(value)).numbers).toEqual(numbers)
  })

  it.each([
    null,
    {},
    'x',
    { success: true },
    { phoneNumbers: null },
    { phoneNumbers: {} },
    { phoneNumbers: '+12145551234' },
    { phoneNumbers: [null] },
    { phoneNumbers: ['unknown', {}] },
    { phoneNumbers: [{ label: 'x' }] },
    { phoneNumbers: [['+12145551234']] },
    { data: { phoneNumbers: [] } },
  ])('says unknown_shape for %j', async (value) => {
    await expect(parseNumbersPage(value)).rejects.toMatchObject({ code: 'unknown_shape' })
  })

  it.each([
    ['88202', '88202', '88202'],
    [12145551234, '12145551234', '12145551234'],
    [{ number: '(214) 555-1234', label: 'Main' }, '(214) 555-1234', '2145551234'],
    [null, 'null', null],
    [{ label: 'x' }, '{"label":"x"}', null],
    ['ask\n\u202eJo', 'ask Jo', null],
    ['9'.repeat(90), `${'9'.repeat(59)}…`, '9'.repeat(90)],
  ])('reads the others beside the odd entry %j, and quotes it', async (entry, quote, digits) => {
    const page = await parseNumbersPage({ phoneNumbers: ['+12145551234', entry] })
    expect(page.numbers).toEqual([bare])
    expect(page.odd).toEqual([{ quote, digits }])
    expect(page.length).toBe(2)
  })

  it('reads the others beside an entry that is nested too deeply to be quoted', async () => {
    const page = await parseNumbersPage({ phoneNumbers: ['+12145551234', nested(50_000)] })
    expect(page).toMatchObject({ numbers: [bare], odd: [{ quote: '…', digits: null }], length: 2 })
  })

  it('gives an empty list for an empty list alone, and no crash for any JSON', async () => {
    const keyed = fc.dictionary(fc.constantFrom('phoneNumbers', 'numbers', 'success', 'total'), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), keyed), async (given) => {
        const value: unknown = JSON.parse(JSON.stringify(given))
        try {
          const { numbers, odd } = await parseNumbersPage(value)
          if (numbers.length === 0 && odd.length === 0) expect(JSON.stringify(value)).toContain('[]')
        } catch (error) {
          expect(error).toBeInstanceOf(VidaFailure)
        }
      }),
    )
  })
})
