import { isIP } from 'node:net'
import * as z from 'zod'
import { isVidaId } from '../../domain/accounts/vida-id.ts'
import { LOG_LEVELS } from '../process/log.ts'
import { weaknessOf } from './secret-strength.ts'

/** Times are seconds as named; `null` is “not set”. */
export type Settings = Readonly<ReturnType<typeof readSettings>>

/** `lines` name each wrong variable with its rule, never with its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(`The app cannot start:\n${lines.map((line) => `  ${line}`).join('\n')}`)
    this.lines = lines
  }
}

const PRODUCTION = 'https://api.vida.dev'

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

function parseUrl(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null
}

const whole = (rule: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: rule })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: rule })

const flag = z.enum(['0', '1'], { error: '0 or 1' }).transform((value) => value === '1')

const hostName = z
  .string()
  // An IPv6 address is bound without the brackets that it has in URLs.
  .transform((value) => value.toLowerCase().replace(/^\[(.*)\]$/, '$1'))
  .refine((value) => isIP(value) > 0 || /^[a-z\d](?:[\w.-]*[a-z\d])?$/.test(value), {
    error: 'a host name or an IP address, without a port',
  })

const ORIGIN_RULE =
  'the origin that people open, such as https://numbers.example.com: no path, https: (http: for loopback addresses alone)'

/** Only scheme, host and port, and nothing that would send the token unencrypted over a network. */
function isPlain(url: URL): boolean {
  const bare = !url.username && !url.password && !url.search && !url.hash && !url.href.endsWith('?')
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
}

const origin = z.string().transform((value, context) => {
  const url = parseUrl(value)
  if (url && isPlain(url) && url.pathname === '/') return url.origin
  context.addIssue({ code: 'custom', message: ORIGIN_RULE })
  return z.NEVER
})

const vidaUrl = z.string().transform((value, context) => {
  const url = parseUrl(value)
  if (url && isPlain(url) && !/[?#@]/.test(value)) return url.href.replace(/\/+$/, '')
  context.addIssue({
    code: 'custom',
    message: 'an https: URL without user, password, query and fragment (http: for loopback addresses alone)',
  })
  return z.NEVER
})

const secrets = z
  .string()
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .superRefine((list, context) => {
    const message = weaknessOf(list)
    if (message) context.addIssue({ code: 'custom', message })
  })

const accountIds = z
  .string()
  .transform((value) => value.split(',').map((id) => id.trim()))
  .refine((ids) => ids.every(isVidaId), { error: 'ids of Vida accounts, comma-separated, such as 70001,70002' })

const environment = z.object({
  PORT: whole('a port number, 0 to 65535', 0, 65_535).default(3000),
  HOST: hostName.default('127.0.0.1'),
  VIDA_API_BASE_URL: vidaUrl.default(PRODUCTION),
  SESSION_SECRET: secrets.default([]),
  SESSION_IDLE_SECONDS: whole('whole seconds, 1 to 86400', 1, 86_400).default(1800),
  SESSION_MAX_SECONDS: whole('whole seconds, 1 to 604800', 1, 604_800).default(28_800),
  APP_ORIGIN: origin.optional(),
  TRUSTED_PROXY_HOPS: whole('a whole number, 0 to 10', 0, 10).default(0),
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(ql)?:$/.test(parseUrl(value)?.protocol ?? ''), { error: 'a postgres:// URL' })
    .optional(),
  DATABASE_POOL: whole('a whole number, 2 to 200', 2, 200).default(10),
  DATA_DIR: z.string().trim().min(1, { error: 'the path of a directory' }).default('./.data'),
  VIDA_CONCURRENCY: whole('a whole number, 1 to 64', 1, 64).default(8),
  RETURN_CONCURRENCY: whole('a whole number, 1 to 16', 1, 16).default(2),
  MAX_BATCH: whole('a whole number, 1 to 5000', 1, 5000).default(500),
  RETURN_HOLD_SECONDS: whole('whole seconds, 0 to 60', 0, 60).default(8),
  STOP_SECONDS: whole('whole seconds, 2 to 600', 2, 600).default(25),
  READ_ONLY: flag.default(false),
  ALLOW_UNKNOWN_ROLE: flag.default(false),
  ALLOWED_ACCOUNT_IDS: accountIds.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: LOG_LEVELS.join(', ') }).default('info'),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, { error: 'at least 16 characters without spaces' })
    .optional(),
  DRAIN_SECONDS: whole('whole seconds, 0 to 120', 0, 120).default(0),
  STATIC_DIR: z.string().trim().min(1, { error: 'the path of a directory' }).optional(),
  REQUIRE_OPERATOR: flag.default(false),
  REQUIRE_REASON: flag.default(false),
  NODE_TLS_REJECT_UNAUTHORIZED: z
    .string()
    .refine((value) => value !== '0', { error: 'not 0: Vida’s certificate must be checked, as it gets the token' })
    .optional(),
})

/** Not a refinement: zod leaves that out as soon as one variable is wrong, and all are to be named at once. */
function lacksOrigin({ HOST, APP_ORIGIN }: Readonly<Record<string, string>>): string[] {
  const host = HOST === undefined ? undefined : hostName.safeParse(HOST).data
  if (APP_ORIGIN !== undefined || host === undefined || isLoopback(host)) return []
  return [`APP_ORIGIN: required as soon as HOST is not a loopback address: ${ORIGIN_RULE}`]
}

/** An empty variable counts as not set. @throws SettingsError naming every wrong variable with its rule. */
export function readSettings(env: Readonly<Record<string, string | undefined>>) {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value !== '') given[name] = value
  const parsed = environment.safeParse(given)
  const issues = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []
  const lines = [...issues, ...lacksOrigin(given)]
  if (!parsed.success || lines.length > 0) throw new SettingsError(lines)
  const value = parsed.data
  return {
    port: value.PORT,
    host: value.HOST,
    vidaBaseUrl: value.VIDA_API_BASE_URL,
    vidaIsProduction: value.VIDA_API_BASE_URL === PRODUCTION,
    /** Newest first. Empty: one is made and stored in `dataDir`. */
    sessionSecrets: value.SESSION_SECRET,
    sessionIdleSeconds: value.SESSION_IDLE_SECONDS,
    sessionMaxSeconds: value.SESSION_MAX_SECONDS,
    appOrigin: value.APP_ORIGIN ?? null,
    trustedProxyHops: value.TRUSTED_PROXY_HOPS,
    databaseUrl: value.DATABASE_URL ?? null,
    databasePool: value.DATABASE_POOL,
    dataDir: value.DATA_DIR,
    vidaConcurrency: value.VIDA_CONCURRENCY,
    returnConcurrency: value.RETURN_CONCURRENCY,
    maxBatch: value.MAX_BATCH,
    returnHoldSeconds: value.RETURN_HOLD_SECONDS,
    /** From SIGTERM to the exit, at most. */
    stopSeconds: value.STOP_SECONDS,
    /** Nothing is returned, and nothing but GETs goes to Vida. */
    readOnly: value.READ_ONLY,
    /** Whether a token may return whose role is not known. */
    allowUnknownRole: value.ALLOW_UNKNOWN_ROLE,
    metricsToken: value.METRICS_TOKEN ?? null,
    drainSeconds: value.DRAIN_SECONDS,
    staticDir: value.STATIC_DIR ?? null,
    /** null: everybody may sign in. */
    allowedAccountIds: value.ALLOWED_ACCOUNT_IDS ?? null,
    /** Nobody signs in without a name. */
    requireOperator: value.REQUIRE_OPERATOR,
    /** No return without a reason. */
    requireReason: value.REQUIRE_REASON,
  }
}
