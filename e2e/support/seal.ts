import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sealData, unsealData } from 'iron-session'
import { dataIn } from './test-app.ts'

interface Sealed {
  id: string
  token: string
  startedAt: number
  seenAt: number
}

/** This cookie of an app that made its own secret in `folder`, with other times, in ms. */
export async function agedCookie(
  cookie: string,
  folder: string,
  { startedAgo, seenAgo }: { startedAgo?: number; seenAgo?: number },
): Promise<string> {
  const [name = '', seal = ''] = cookie.split('=', 2)
  const secret = readFileSync(join(dataIn(folder), 'session-secret'), 'utf8').trim()
  const password = { [seal.split('*')[1] ?? '']: secret }
  const sealed = await unsealData<Sealed>(seal, { password })
  const now = Date.now()
  const aged: Sealed = {
    ...sealed,
    startedAt: startedAgo === undefined ? sealed.startedAt : now - startedAgo,
    seenAt: seenAgo === undefined ? sealed.seenAt : now - seenAgo,
  }
  return `${name}=${await sealData(aged, { password })}`
}
