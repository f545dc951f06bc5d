import 'server-only'
import { redirect } from 'next/navigation'
import { pathWithQuery, signInPath } from '@/lib/domain/session/next'
import { currentSession } from './current'
import { openOldSeal } from './seal'

/**
 * Who is signed in. Everybody else is sent to the sign-in page, which leads back, and tells the holder of an old cookie
 * that the session has ended.
 * @param params Next's `searchParams`
 */
export async function requirePageSession(path: string, params: Parameters<typeof pathWithQuery>[1] = {}) {
  const session = await currentSession()
  if (session) return session
  redirect(signInPath(pathWithQuery(path, params), { ended: (await openOldSeal()) !== null }))
}
