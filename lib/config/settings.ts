import * as z from 'zod'

/** What the operator decided, parsed once at start. Times are seconds as named; `null` is “not set”. */
export interface Settings {
  port: number
  host: string
  vidaBaseUrl: string
  vidaIsProduction: boolean
  /** Newest first. Empty: one is made and kept in `dataDir`. */
  sessionSecrets: readonly string[]
  sessionIdleSeconds: number
  sessionMaxSeconds: number
  /** `https://numbers.example.com`, or null: only loopback names are accepted. */
  appOrigin: string | null
  trustedProxyHops: number
  databaseUrl: string | null
  dataDir: string
  vidaConcurrency: number
  returnConcurrency: number
  maxBatch: number
}

/** Thrown when the environment is wrong; `lines` name each wrong variable with its rule, never with its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(`The app cannot start:\n${lines.map((line) => `  ${line}`).join('\n')}`)
    this.lines = lines
  }
}

const PRODUCTION = 'https://api.vida.dev'

/** Secrets that stand in documentation (iron-session's and this project's) and so protect nothing. */
const SAMPLES = [
  'complex_password_at_least_32_characters_long',
  'change-me-change-me-change-me-change-me',
  'your-session-secret-of-32-characters-or-more',
]

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null
}

const whole = (rule: string, least: number, most: number) =>
  z.coerce.number({ error: rule }).int({ error: rule }).min(least, { error: rule }).max(most, { error: rule })

const origin = (rule: string) =>
  z.string().refine(
    (value) => {
      const url = parseUrl(value)
      return url !== null && url.origin === value.replace(/\/$/, '') && /^https?:$/.test(url.protocol)
    },
    { error: rule },
  )

const vidaUrl = z.string().refine(
  (value) => {
    const url = parseUrl(value)
    if (!url || url.username || url.password || url.search || url.hash || value.includes('?')) return false
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  },
  { error: 'an https: URL without user, password, query and fragment (http: for loopback addresses alone)' },
)

function weakness(secret: string): string | null {
  if (secret.length < 32) return 'each secret needs at least 32 characters'
  if (new Set(secret).size < 10) return 'a secret of few or repeated characters can be guessed'
  if (/^(.{1,16})\1+/.test(secret)) return 'a secret that repeats itself can be guessed'
  if (SAMPLES.some((sample) => secret.toLowerCase().includes(sample.slice(0, 24)))) {
    return 'this is a documented sample; make one with: openssl rand -base64 32'
  }
  return null
}

const secrets = z
  .string()
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .superRefine((list, context) => {
    for (const rule of new Set(list.map(weakness))) {
      if (rule) context.addIssue({ code: 'custom', message: `32 random bytes, comma-separated, newest first: ${rule}` })
    }
  })

const environment = z
  .object({
    PORT: whole('a port number, 0 to 65535', 0, 65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    VIDA_API_BASE_URL: vidaUrl.default(PRODUCTION),
    SESSION_SECRET: secrets.default([]),
    SESSION_IDLE_SECONDS: whole('whole seconds, 1 to 86400', 1, 86_400).default(1800),
    SESSION_MAX_SECONDS: whole('whole seconds, 1 to 604800', 1, 604_800).default(28_800),
    APP_ORIGIN: origin('an origin such as https://numbers.example.com, without a path').optional(),
    TRUSTED_PROXY_HOPS: whole('a whole number, 0 to 10', 0, 10).default(0),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, { error: 'a postgres:// URL' })
      .optional(),
    DATA_DIR: z.string().min(1).default('./.data'),
    VIDA_CONCURRENCY: whole('a whole number, 1 to 64', 1, 64).default(8),
    RETURN_CONCURRENCY: whole('a whole number, 1 to 16', 1, 16).default(2),
    MAX_BATCH: whole('a whole number, 1 to 5000', 1, 5000).default(500),
  })
  .refine((env) => isLoopback(env.HOST) || env.APP_ORIGIN !== undefined, {
    path: ['APP_ORIGIN'],
    error:
      'required as soon as HOST is not a loopback address: the origin that people open, such as https://numbers.example.com',
  })

/**
 * Reads the settings from environment variables (contract: “Environment”). An empty variable counts as not set.
 * @throws SettingsError naming every wrong variable with its rule.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const value = parsed.data
  const vidaBaseUrl = value.VIDA_API_BASE_URL.replace(/\/+$/, '')
  return {
    port: value.PORT,
    host: value.HOST,
    vidaBaseUrl,
    vidaIsProduction: vidaBaseUrl === PRODUCTION,
    sessionSecrets: value.SESSION_SECRET,
    sessionIdleSeconds: value.SESSION_IDLE_SECONDS,
    sessionMaxSeconds: value.SESSION_MAX_SECONDS,
    appOrigin: value.APP_ORIGIN ? new URL(value.APP_ORIGIN).origin : null,
    trustedProxyHops: value.TRUSTED_PROXY_HOPS,
    databaseUrl: value.DATABASE_URL ?? null,
    dataDir: value.DATA_DIR,
    vidaConcurrency: value.VIDA_CONCURRENCY,
    returnConcurrency: value.RETURN_CONCURRENCY,
    maxBatch: value.MAX_BATCH,
  }
}
