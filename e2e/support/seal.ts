import { sealData, unsealData } from 'iron-session'

/** The content of the app's cookie; times are Unix ms. */
interface Sealed {
  id: string
  token: string
  startedAt: number
  seenAt: number
}

/**
 * The cookie of a session that began `startedAgo` ms ago and was used last `seenAgo` ms ago; by default both stay.
 * @param cookie as `name=seal`; `secret` is the one that sealed it.
 */
export async function agedCookie(
  cookie: string,
  secret: string,
  { startedAgo, seenAgo }: { startedAgo?: number; seenAgo?: number },
): Promise<string> {
  const [name = '', seal = ''] = cookie.split('=', 2)
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
