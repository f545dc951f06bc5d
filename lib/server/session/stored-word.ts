import 'server-only'
import { cookies } from 'next/headers'
import { cookieName } from '@/lib/domain/session/cookie-name'
import { settings } from '@/lib/server/config/current'
import { isHttps } from '@/lib/server/http/same-site'

/** A word that the page stored under this name (`lib/client/storage/cookie.ts`). */
export async function storedWord(name: string): Promise<string | undefined> {
  return (await cookies()).get(cookieName(name, { https: isHttps(settings()) }))?.value
}
