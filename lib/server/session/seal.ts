import 'server-only'
import { createHash, createHmac } from 'node:crypto'
import { getIronSession, type SessionOptions } from 'iron-session'
import { cookies } from 'next/headers'
import * as z from 'zod'
import { cookieName } from '@/lib/domain/session/cookie-name'
import { settings } from '@/lib/server/config/current'
import { sessionSecrets } from '@/lib/server/config/secret'
import { isHttps } from '@/lib/server/http/same-site'
import { now } from '@/lib/server/process/clock'

/** The content of the cookie. Times are Unix ms. The account is in the session's row, to keep the cookie small. */
const sealedSchema = z.object({
  id: z.string().min(16),
  token: z.string().min(1),
  startedAt: z.number(),
  seenAt: z.number(),
})
export type Sealed = z.infer<typeof sealedSchema>

/** Longest token, in bytes, whose sealed cookie stays below the browsers' limit of 4,096 bytes. */
export const TOKEN_LIMIT = 2_500

let secretsOfProcess: readonly [string, ...string[]] | undefined
function secrets(): readonly [string, ...string[]] {
  secretsOfProcess ??= sessionSecrets(settings())
  return secretsOfProcess
}

/** An id that depends on the secret and not on its place in the list, so that rotation signs nobody out. */
function passwordId(secret: string): number {
  return createHash('sha256').update(secret).digest().readUIntBE(0, 6)
}

function options(passwords: readonly string[], endsAt: number): SessionOptions {
  const secure = isHttps(settings())
  return {
    cookieName: cookieName('numberdesk', { https: secure }),
    password: Object.fromEntries(passwords.map((secret) => [passwordId(secret), secret])),
    // The seal itself has no end, as it would be by this machine's clock: `openSeal` has the ends.
    ttl: 0,
    cookieOptions: {
      secure,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: Math.max(1, Math.ceil((endsAt - now()) / 1000)),
    },
  }
}

async function cookie() {
  const all = options(secrets(), now() + settings().sessionMaxSeconds * 1000)
  return getIronSession<Partial<Sealed>>(await cookies(), all)
}

/** The content of this request's cookie, also when it has expired; null without a valid cookie. Proves no session. */
export async function openOldSeal(): Promise<Sealed | null> {
  return sealedSchema.safeParse({ ...(await cookie()) }).data ?? null
}

export async function openSeal(): Promise<Sealed | null> {
  const sealed = await openOldSeal()
  if (!sealed) return null
  const { sessionIdleSeconds, sessionMaxSeconds } = settings()
  const ends = Math.min(sealed.startedAt + sessionMaxSeconds * 1000, sealed.seenAt + sessionIdleSeconds * 1000)
  return now() >= ends ? null : sealed
}

/** Sets the cookie, sealed with the newest secret. Only route handlers can set cookies. */
export async function writeSeal(sealed: Sealed): Promise<void> {
  const session = await cookie()
  // iron-session seals with the highest id of the map, so it gets only the newest secret.
  session.updateConfig(options(secrets().slice(0, 1), sealed.startedAt + settings().sessionMaxSeconds * 1000))
  await Object.assign(session, sealed).save()
}

export async function clearSeal(): Promise<void> {
  ;(await cookie()).destroy()
}

/** A keyed hash. The oldest secret is the key, so that the identity stays the same while secrets rotate. */
export function identityOf(origin: string, accountId: string, token: string): string {
  const key = createHash('sha256')
    .update(`identity:${secrets().at(-1)}`)
    .digest()
  return createHmac('sha256', key)
    .update(JSON.stringify([origin, accountId, token]))
    .digest('base64url')
}
