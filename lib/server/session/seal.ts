import 'server-only'
import { createHash, createHmac } from 'node:crypto'
import { getIronSession, type SessionOptions } from 'iron-session'
import { cookies } from 'next/headers'
import * as z from 'zod'
import { settings } from '@/lib/server/config/current'
import { sessionSecrets } from '@/lib/server/config/secret'

/** What the cookie seals. Times are ms. Who it is and what it may do stand in the session's row, to keep it small. */
const sealedSchema = z.object({
  id: z.string().min(16),
  token: z.string().min(1),
  startedAt: z.number(),
  seenAt: z.number(),
})
export type Sealed = z.infer<typeof sealedSchema>

/** Longest token, in bytes, whose sealed cookie stays below the 4,096 bytes that browsers keep. */
export const TOKEN_LIMIT = 2_500

let secretsOfProcess: readonly [string, ...string[]] | undefined
function secrets(): readonly [string, ...string[]] {
  secretsOfProcess ??= sessionSecrets(settings())
  return secretsOfProcess
}

/** An id that stays with its secret wherever it stands in the list, so that rotation signs nobody out. */
function passwordId(secret: string): number {
  return createHash('sha256').update(secret).digest().readUIntBE(0, 6)
}

function options(passwords: readonly string[], endsAt: number): SessionOptions {
  const secure = settings().appOrigin?.startsWith('https:') ?? false
  return {
    cookieName: secure ? '__Host-numberdesk' : 'numberdesk',
    password: Object.fromEntries(passwords.map((secret) => [passwordId(secret), secret])),
    ttl: settings().sessionMaxSeconds,
    cookieOptions: {
      secure,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      maxAge: Math.max(1, Math.ceil((endsAt - Date.now()) / 1000)),
    },
  }
}

async function cookie() {
  const all = options(secrets(), Date.now() + settings().sessionMaxSeconds * 1000)
  return getIronSession<Partial<Sealed>>(await cookies(), all)
}

/** What the cookie of this request seals, however old it is, or null: no cookie, or one that does not open. Lets nobody in. */
export async function openOldSeal(): Promise<Sealed | null> {
  return sealedSchema.safeParse({ ...(await cookie()) }).data ?? null
}

/** The sealed session of this request, or null, also when it is past its idle or absolute end by the times in the seal. */
export async function openSeal(): Promise<Sealed | null> {
  const sealed = await openOldSeal()
  if (!sealed) return null
  const { sessionIdleSeconds, sessionMaxSeconds } = settings()
  const now = Date.now()
  const over = now >= sealed.startedAt + sessionMaxSeconds * 1000 || now >= sealed.seenAt + sessionIdleSeconds * 1000
  return over ? null : sealed
}

/** Seals with the newest secret and hands the cookie to the browser. Only route handlers can set cookies. */
export async function writeSeal(sealed: Sealed): Promise<void> {
  const session = await cookie()
  // iron-session seals with the highest id of the map, so it gets the newest secret alone.
  session.updateConfig(options(secrets().slice(0, 1), sealed.startedAt + settings().sessionMaxSeconds * 1000))
  await Object.assign(session, sealed).save()
}

/** Takes the cookie back from the browser. */
export async function clearSeal(): Promise<void> {
  ;(await cookie()).destroy()
}

/**
 * Names who signed in without telling the token: API origin, account id and a keyed hash of the token. The oldest
 * secret keys it, so it stays the same while secrets rotate.
 */
export function identityOf(origin: string, accountId: string, token: string): string {
  const key = createHash('sha256')
    .update(`identity:${secrets().at(-1)}`)
    .digest()
  return createHmac('sha256', key)
    .update(JSON.stringify([origin, accountId, token]))
    .digest('base64url')
}
