/** An event of `GET /api/numbers`; docs/http-api.md says which fields a type has. */
export interface StreamEvent {
  type: 'progress' | 'numbers' | 'problem' | 'done'
  code?: string
  detail?: string
  complete?: boolean
  accountsFound?: number
  accountsRead?: number
  accountsFailed?: number
  account?: { id: string; name: string }
  organization?: { id: string; name: string }
  numbers?: { number: string }[] | number
  readAt?: string
}

export interface Answer<Body> {
  status: number
  headers: Headers
  body: Body
}

export interface ApiClient {
  url: string
  cookie: string
  get: <Body>(path: string) => Promise<Answer<Body>>
  post: <Body>(path: string, body: unknown) => Promise<Answer<Body>>
  put: <Body>(path: string, body: unknown) => Promise<Answer<Body>>
  signOut: () => Promise<Answer<unknown>>
  events: (query?: string) => Promise<StreamEvent[]>
  raw: (path: string, init?: RequestInit) => Promise<Response>
}

export async function apiClient(url: string, token: string, operator?: string): Promise<ApiClient> {
  const headers = { origin: url, 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token, operator }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!response.ok || !cookie) throw new Error(`signing in answered ${response.status}: ${await response.text()}`)
  return clientWith(url, cookie)
}

export function clientWith(url: string, cookie: string): ApiClient {
  const json = { origin: url, 'content-type': 'application/json' }
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { cookie, ...(init.headers as Record<string, string>) } })
  const answer = async <Body>(response: Response): Promise<Answer<Body>> => {
    const text = await response.text()
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== ''
    // Each test names the type of body that it expects; its assertions check it.
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body }
  }
  const write =
    (method: 'POST' | 'PUT') =>
    async <Body>(path: string, body: unknown) =>
      answer<Body>(await raw(path, { method, headers: json, body: JSON.stringify(body) }))
  return {
    url,
    cookie,
    raw,
    get: async (path) => answer(await raw(path)),
    post: write('POST'),
    put: write('PUT'),
    signOut: async () => answer(await raw('/api/session', { method: 'DELETE', headers: json })),
    events: async (query = '') => {
      const text = await (await raw(`/api/numbers${query}`)).text()
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as StreamEvent)
    },
  }
}
