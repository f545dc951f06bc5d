import { describe, expect, it } from 'vitest'
import { collect, rejection, sendJson, serve, serveBytes, testClient } from '@/lib/server/vida/testing/server'

describe('readList', () => {
  it('reads all pages of both reads and merges them by id', async () => {
    const all = Array.from({ length: 45 }, (_, i) => ({ id: i + 1, orgName: `Org ${i + 1}`, inactive: i % 9 === 0 }))
    await using vida = await serve(({ url }, response) => {
      const page = Number(url.searchParams.get('page'))
      const list = all.filter(({ inactive }) => inactive === url.searchParams.has('active'))
      const organizations = list.slice(page * 20, page * 20 + 20).map(({ id, orgName }) => ({ id, orgName }))
      sendJson(response, 200, { success: true, total: list.length, pageSize: 20, pageNumber: page, organizations })
    })
    const found = await collect(testClient(vida.baseUrl).organizations('r'))
    expect(found).toHaveLength(45)
    for (const { id, name, active } of found) {
      expect(name).toBe(`Org ${id}`)
      expect(active).toBe(Number(id) % 9 !== 1)
    }
    expect(vida.seen).toHaveLength(3)
  })

  it('brings what one read has although the other is refused, and then says so', async () => {
    await using vida = await serve(({ url }, response) =>
      url.searchParams.has('active')
        ? sendJson(response, 400, { success: false, message: 'Unknown filter' })
        : sendJson(response, 200, [{ id: 1 }, { id: 2, active: true }]),
    )
    const found: string[] = []
    const reading = (async () => {
      for await (const batch of testClient(vida.baseUrl).accounts('o'))
        found.push(...batch.map(({ id, active }) => `${id} ${active}`))
    })()
    expect(await rejection(reading)).toMatchObject({ code: 'read_refused', vidaMessage: 'Unknown filter' })
    expect(found.toSorted()).toEqual(['1 null', '2 true'])
  })

  it('ends pages that repeat or never end', async () => {
    await using repeats = await serve((_, response) => sendJson(response, 200, { accounts: [{ id: 1 }], pageSize: 1 }))
    expect(await rejection(collect(testClient(repeats.baseUrl).accounts('o')))).toMatchObject({ code: 'pages_repeat' })
    await using endless = await serve((_, response, nth) =>
      sendJson(response, 200, { accounts: [{ id: nth + 1 }], pageSize: 1 }),
    )
    const client = testClient(endless.baseUrl, { maxPages: 5 })
    expect(await rejection(collect(client.accounts('o')))).toMatchObject({ code: 'pages_endless' })
    expect(endless.seen).toHaveLength(10)
  })

  it('sees a truncated page as a broken connection and tries it again', async () => {
    let tries = 0
    await using vida = await serveBytes({
      bytes: (socket) => {
        const whole = JSON.stringify({ accounts: [{ id: 1, active: true }], pageSize: 100 })
        const cut = tries++ < 2 ? 5 : 0
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${whole.length}\r\n\r\n${whole.slice(0, whole.length - cut)}`)
      },
    })
    expect(await collect(testClient(vida.baseUrl).accounts('o'))).toHaveLength(1)
  })
})
