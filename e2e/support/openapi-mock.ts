import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Operation {
  parameters?: { name: string; required: boolean }[]
  requestBody?: { content: { 'application/json': { schema: { required: string[] } } } }
  responses: Record<string, { content?: { 'application/json': { example: unknown } } }>
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>
}

interface Asked {
  method: string
  path: string
  query: Record<string, string>
  body: unknown
}

export interface OpenApiMock extends AsyncDisposable {
  url: string
  asked: Asked[]
}

/** Answers with the examples of an OpenAPI document, as Prism does: 401, 404 and 422 for what it does not allow. */
export async function startOpenApiMock({ paths }: OpenApiDocument): Promise<OpenApiMock> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mock')
    const { method = 'GET' } = request
    const body = await bodyOf(request)
    const query = Object.fromEntries(searchParams)
    asked.push({ method, path: pathname, query, body })
    const operation = paths[pathname]?.[method.toLowerCase()]
    const { status, example } = answerTo(operation, query, body)
    response.statusCode = status
    if (example === undefined) response.end()
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(example))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is always an AddressInfo.
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { url: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: close }
}

function answerTo(operation: Operation | undefined, query: Record<string, string>, body: unknown) {
  if (!operation) return { status: 404, example: { title: 'Route not resolved, no path matched' } }
  if (!query.token) return { status: 401, example: undefined }
  const { parameters = [], requestBody, responses } = operation
  const fields = typeof body === 'object' && body !== null ? body : {}
  const missing = [
    ...parameters.filter(({ name, required }) => required && !(name in query)),
    ...(requestBody?.content['application/json'].schema.required.filter((name) => !(name in fields)) ?? []),
  ]
  if (missing.length > 0) return { status: 422, example: { title: 'Invalid request' } }
  const [status, answer] = Object.entries(responses)[0] ?? []
  return { status: Number(status) || 200, example: answer?.content?.['application/json'].example }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text === '' ? null : JSON.parse(text)
}
