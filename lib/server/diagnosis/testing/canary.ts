import { sendJson, serve, type TestServer } from '@/lib/server/vida/testing/server'

const TEXT = 'Canary Person'
const DIGITS = '918273645'

/** What must never come out: in texts, names of fields, numbers, and the token that `token` stands for. */
export const CANARIES = [/canary/i, new RegExp(DIGITS), /2145557777/]

const FREE_TEXTS = /^(name|username|email|orgName|accountName|label|provider|canceledReason|message|productPlanId)$/

function withCanaries(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => withCanaries(entry, token))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const isText = FREE_TEXTS.test(name) && typeof inner === 'string'
    return [name, isText ? `${TEXT} ${inner} ${token}` : withCanaries(inner, token)]
  })
  return {
    ...Object.fromEntries(fields),
    description: `${TEXT} ${token}`,
    amount: Number(DIGITS),
    canaryperson: true,
    [TEXT]: { [token]: TEXT },
    [DIGITS]: [DIGITS],
    '+12145557777': { number: '+12145557777', [`name${DIGITS}`]: TEXT },
  }
}

/** Every text and number in an answer that could tell something of a customer. */
function valuesIn(value: unknown): string[] {
  if (typeof value === 'number') return value >= 1_000 ? [String(value)] : []
  if (typeof value === 'string') return /\d{3}| /.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : []
}

export interface CanaryServer extends TestServer {
  values: Set<string>
}

/** Passes requests on to `url` and puts canaries everywhere into the answers. */
export async function serveCanaries(url: string, token: string): Promise<CanaryServer> {
  const values = new Set<string>()
  const server = await serve(async ({ rawUrl }, response) => {
    const answer = await fetch(url + rawUrl)
    const body: unknown = await answer.json()
    for (const value of valuesIn(body)) values.add(value)
    sendJson(response, answer.status, withCanaries(body, token))
  })
  return { ...server, values }
}
