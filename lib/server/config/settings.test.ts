import { describe, expect, it, test } from 'vitest'
import { readSettings, SettingsError } from './settings'

type Env = Record<string, string | undefined>

/** The names of the variables that a refusal lists; empty when the settings are taken. */
function refused(env: Env): string[] {
  try {
    readSettings(env)
    return []
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return error.lines.map((line) => line.split(':')[0] ?? '')
  }
}

const GOOD = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'

describe('settings', () => {
  it('are the documented ones when nothing, or nothing but empty text, is set', () => {
    const expected = {
      port: 3000,
      host: '127.0.0.1',
      vidaBaseUrl: 'https://api.vida.dev',
      vidaIsProduction: true,
      sessionSecrets: [],
      sessionIdleSeconds: 1800,
      sessionMaxSeconds: 28_800,
      appOrigin: null,
      trustedProxyHops: 0,
      databaseUrl: null,
      databasePool: 10,
      dataDir: './.data',
      vidaConcurrency: 8,
      returnConcurrency: 2,
      maxBatch: 500,
      returnHoldSeconds: 8,
      stopSeconds: 25,
      readOnly: false,
      allowUnknownRole: false,
      requireOperator: false,
      requireReason: false,
      metricsToken: null,
      drainSeconds: 0,
      staticDir: null,
      allowedAccountIds: null,
    }
    expect(readSettings({})).toEqual(expected)
    expect(readSettings({ PORT: '', APP_ORIGIN: '', SESSION_SECRET: '', DATA_DIR: '', HOSTNAME: 'machine' })).toEqual(
      expected,
    )
  })

  test.each([
    ['LOG_LEVEL', ['debug', 'error'], ['trace', 'INFO']],
    ['METRICS_TOKEN', ['0123456789abcdef'], ['short', '0123456789 abcdef']],
    ['DRAIN_SECONDS', ['0', '120'], ['121', '-1']],
    ['PORT', ['0', '65535'], ['-1', '65536', '3000 ', ' ', '0x50', '1e3', '3.5', 'http']],
    ['HOST', ['localhost', '::1', '[::1]', '127.0.0.5'], ['127.0.0.1:3000', 'a b', 'http://localhost', '*']],
    [
      'VIDA_API_BASE_URL',
      [
        'https://api.vida.dev',
        'https://vida.example/base/',
        'http://localhost:4790',
        'http://127.0.0.1:1',
        'http://[::1]:1',
      ],
      [
        'http://api.vida.dev',
        'ftp://api.vida.dev',
        'api.vida.dev',
        'https://u:p@api.vida.dev',
        'https://u@api.vida.dev',
        'https://api.vida.dev?token=x',
        'https://api.vida.dev?',
        'https://api.vida.dev#x',
        'https://',
        'http://localhost.evil.example',
        'http://10.0.0.1',
      ],
    ],
    [
      'SESSION_SECRET',
      [GOOD, `${GOOD},Zx3Vb6Nm9Qw2Er5Ty8Ui1Op4As7Df0Gh`],
      [
        'short',
        GOOD.slice(1),
        `${GOOD},`,
        `,${GOOD}`,
        `${GOOD},short`,
        `${GOOD},${GOOD}`,
        'a'.repeat(64),
        'abc'.repeat(20),
        '0123456789abcdefghij'.repeat(2),
        '0123456789abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstuv',
        'password password password 48291735',
      ],
    ],
    ['SESSION_IDLE_SECONDS', ['1', '86400'], ['0', '86401', '30m', '1.5']],
    ['SESSION_MAX_SECONDS', ['1', '604800'], ['0', '604801', '-5']],
    [
      'APP_ORIGIN',
      [
        'https://numbers.example.com',
        'https://numbers.example.com/',
        'https://numbers.example.com:8443',
        'http://localhost:3000',
      ],
      [
        'http://numbers.example.com',
        'numbers.example.com',
        'https://numbers.example.com/path',
        'https://u@numbers.example.com',
        'https://numbers.example.com?x',
        'https://numbers.example.com#x',
        'null',
        '*',
        'file:///',
      ],
    ],
    ['TRUSTED_PROXY_HOPS', ['0', '10'], ['-1', '11', 'true']],
    [
      'DATABASE_URL',
      ['postgres://u:p@db/numbers', 'postgresql:///numbers?host=/run'],
      ['mysql://db', 'db', 'postgres', 'file:///x'],
    ],
    ['DATABASE_POOL', ['2', '200'], ['0', '1', '201', '-3']],
    ['STOP_SECONDS', ['2', '600'], ['0', '1', '601', '25s']],
    ['DATA_DIR', ['/var/lib/numberdesk'], [' ']],
    ['VIDA_CONCURRENCY', ['1', '64'], ['0', '65', 'many']],
    ['RETURN_CONCURRENCY', ['1', '16'], ['0', '17']],
    ['MAX_BATCH', ['1', '5000'], ['0', '5001']],
    ['REQUIRE_OPERATOR', ['0', '1'], ['true', '2', 'yes']],
    ['REQUIRE_REASON', ['0', '1'], ['true', '2', 'yes']],
    ['READ_ONLY', ['0', '1'], ['true', '2', ' ', 'yes']],
    ['ALLOW_UNKNOWN_ROLE', ['0', '1'], ['true', '2', ' ', 'yes']],
    ['ALLOWED_ACCOUNT_IDS', ['70001', '70001, acc_7'], [' ', ',', '70001,', '0', '70001;70002', 'a/b', 'x'.repeat(65)]],
    ['NODE_TLS_REJECT_UNAUTHORIZED', ['1'], ['0']],
  ])('take or refuse a value of %s by its rule', (name, good, bad) => {
    for (const value of good) expect(refused({ [name]: value }), value).toEqual([])
    for (const value of bad) expect(new Set(refused({ [name]: value })), value).toEqual(new Set([name]))
  })

  it('are all named when they are wrong, in a line each, and never with the value', () => {
    const env = {
      PORT: 'c4n4ry',
      HOST: '0.0.0.0',
      SESSION_SECRET: 'c4n4ry',
      VIDA_API_BASE_URL: 'http://c4n4ry.example',
      DATABASE_URL: 'c4n4ry',
    }
    expect(refused(env).sort()).toEqual(['APP_ORIGIN', 'DATABASE_URL', 'PORT', 'SESSION_SECRET', 'VIDA_API_BASE_URL'])
    expect(() => readSettings(env)).toThrow(/^The app cannot start:\n(?: {2}[A-Z_]+: [^\n]+\n?){5}$/)
    expect(() => readSettings(env)).not.toThrow(/c4n4ry/)
  })

  it('need the public origin as soon as the app listens beyond loopback', () => {
    for (const host of ['0.0.0.0', '::', 'numbers.internal', '10.0.0.1']) {
      expect(refused({ HOST: host }), host).toEqual(['APP_ORIGIN'])
      expect(refused({ HOST: host, APP_ORIGIN: 'https://numbers.example.com' }), host).toEqual([])
    }
  })

  it('have one form, however they are written', () => {
    const written = readSettings({
      APP_ORIGIN: 'HTTPS://Numbers.Example.com:443/',
      VIDA_API_BASE_URL: 'https://API.vida.dev:443/',
      HOST: '[::1]',
    })
    expect(written).toMatchObject({
      appOrigin: 'https://numbers.example.com',
      vidaBaseUrl: 'https://api.vida.dev',
      vidaIsProduction: true,
      host: '::1',
    })
    expect(readSettings({ VIDA_API_BASE_URL: 'https://vida.example/base//' }).vidaBaseUrl).toBe(
      'https://vida.example/base',
    )
  })
})
