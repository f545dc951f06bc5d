import { describe, expect, it, test } from 'vitest'
import { isOwnHost, isOwnOrigin, isOwnRead } from './same-site'

const local = { appOrigin: null }
const proxied = { appOrigin: 'https://numbers.example.com' }
const onPort = { appOrigin: 'https://numbers.example.com:8443' }

describe('the hosts that the app answers under', () => {
  test.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '127.0.0.2', '[::1]:3000', '[::1]'])(
    'are on loopback %s',
    (host) => {
      expect(isOwnHost(host, local)).toBe(true)
      expect(isOwnHost(host, proxied)).toBe(true)
    },
  )

  test.each([
    undefined,
    null,
    '',
    'evil.example',
    'localhost.evil.example',
    'localhost:3000:1',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    '10.0.0.1',
    '[::1',
    '::1',
    'localhost.',
    'localhost:',
    'localhost@evil.example',
    'localhost/x',
  ])('are never %j', (host) => {
    for (const door of [local, proxied, onPort]) expect(isOwnHost(host, door)).toBe(false)
  })

  it('are those of the public origin, with its port written out or left out', () => {
    for (const host of ['numbers.example.com', 'Numbers.Example.com', 'numbers.example.com:443'])
      expect(isOwnHost(host, proxied), host).toBe(true)
    for (const host of [
      'numbers.example.com:80',
      'numbers.example.com:8443',
      'xnumbers.example.com',
      'numbers.example.com.',
    ])
      expect(isOwnHost(host, proxied), host).toBe(false)
    expect(isOwnHost('numbers.example.com:8443', onPort)).toBe(true)
    expect(isOwnHost('numbers.example.com', onPort)).toBe(false)
    expect(isOwnHost('numbers.example.com', local)).toBe(false)
  })
})

describe('a write', () => {
  const may = (door: typeof local | typeof proxied, headers: Record<string, string>) =>
    isOwnOrigin(new Headers(headers), door)
  const host = '127.0.0.1:3000'

  it('may come from the same loopback address and port alone', () => {
    expect(may(local, { host, origin: 'http://127.0.0.1:3000' })).toBe(true)
    for (const origin of [
      'http://127.0.0.1:3001',
      'http://localhost:3000',
      'https://127.0.0.1:3000',
      'null',
      'http://127.0.0.1:3000/',
      'http://evil.example',
    ])
      expect(may(local, { host, origin }), origin).toBe(false)
    expect(may(local, { host })).toBe(false)
    expect(may(local, { origin: 'http://evil.example', host: 'evil.example' }), 'a name that was bound anew').toBe(
      false,
    )
  })

  it('may come from the public origin alone, whatever Host the proxy sends', () => {
    expect(may(proxied, { host, origin: 'https://numbers.example.com' })).toBe(true)
    expect(may(proxied, { host: 'numbers.example.com', origin: 'https://numbers.example.com' })).toBe(true)
    for (const origin of [
      'http://127.0.0.1:3000',
      'http://numbers.example.com',
      'https://numbers.example.com.evil.example',
      'null',
    ])
      expect(may(proxied, { host, origin }), origin).toBe(false)
  })

  it('may not come from where the browser says is another site', () => {
    const own = { host, origin: 'http://127.0.0.1:3000' }
    expect(may(local, { ...own, 'sec-fetch-site': 'same-origin' })).toBe(true)
    for (const site of ['same-site', 'cross-site', 'none', '', 'x'])
      expect(may(local, { ...own, 'sec-fetch-site': site }), site).toBe(false)
  })
})

it('a read may come from these pages, the address bar, or no browser', () => {
  const may = (headers: Record<string, string>) => isOwnRead(new Headers(headers))
  expect([may({}), may({ 'sec-fetch-site': 'same-origin' }), may({ 'sec-fetch-site': 'none' })]).toEqual([
    true,
    true,
    true,
  ])
  expect([may({ 'sec-fetch-site': 'same-site' }), may({ 'sec-fetch-site': 'cross-site' })]).toEqual([false, false])
})
