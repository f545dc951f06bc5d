import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '../support/fixtures.ts'

/** What the app answers to these bytes, until it ends the connection. */
async function answersTo(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
  socket.write(text)
  await once(socket, 'close')
  return answer
}

test('a request whose end is not certain is refused, and what follows it is no second request', async ({ app }) => {
  const { host } = new URL(app.url)
  const hidden = `GET /api/health HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  const requestWith = (...lines: string[]) =>
    `${[`POST /api/session HTTP/1.1`, `Host: ${host}`, ...lines].join('\r\n')}\r\n\r\n0\r\n\r\n${hidden}`
  for (const request of [
    requestWith('Content-Length: 5', 'Transfer-Encoding: chunked'),
    requestWith('Transfer-Encoding: chunked', 'Content-Length: 5'),
    requestWith('Content-Length: 5', 'Content-Length: 6'),
    requestWith('Content-Length: +5'),
    requestWith('Transfer-Encoding: chunked, identity'),
    requestWith('Transfer-Encoding : chunked'),
  ]) {
    const answer = await answersTo(app.url, request)
    expect(answer, request).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.match(/HTTP\/1\.1 \d+/g), request).toHaveLength(1)
    expect(answer, request).not.toContain('"ok"')
  }
})
