import { sealData, unsealData } from 'iron-session'

/** What the app seals in its cookie; times are Unix ms. */
interface Sealed {
  id: string
  token: string
  startedAt: number
  seenAt: number
}

/**
 * The same cookie as it would be had its session begun `startedAgo` ms ago and been used last `seenAgo` ms ago, by the times
 * inside the seal: nobody has to wait. By default both stay as they are.
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
