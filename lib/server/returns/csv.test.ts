import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formulasIn, hostileText } from '@/lib/domain/csv/testing/spreadsheet'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { csvOfReturns } from './csv'

async function* pagesOf(...pages: ReturnRecord[][]) {
  yield* pages
}

/** With the byte-order mark, which `Response.text()` would take off. */
async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return Buffer.from(await new Response(stream).arrayBuffer()).toString('utf8')
}

const HEAD =
  'Receipt,Number,National form,Outcome,Confirmed gone,Account read at,Requested at,Settled at,Agent account,Agent account id,Organization,Organization id,Message,Note,Requested by,Batch,Person,Reason,Later notes'

describe('the history as CSV', () => {
  it('is a byte-order mark, a head, and a line for each record, with CRLF after every line', async () => {
    const text = await textOf(await csvOfReturns(pagesOf([recordOf()])))
    expect(text).toBe(
      `\uFEFF${HEAD}\r\nR-1JD3K8Q2M-7XK2P9QWE4RT,+12145550101,(214) 555-0101,returned,yes,2026-11-24T10:00:02.000Z,2026-11-24T10:00:00.000Z,2026-11-24T10:00:01.000Z,Front desk,100001,Alder Family Dentistry,8001,Success,,Northwind Voice (70001),,,,\r\n`,
    )
  })

  it('says who returned a number and why, and each note that was added', async () => {
    const notes = [
      { at: '2026-11-25T09:00:00.000Z', operator: 'Bob', note: 'Customer called' },
      { at: '2026-11-26T09:00:00.000Z', operator: null, note: 'Closed' },
    ]
    const text = await textOf(await csvOfReturns(pagesOf([recordOf({ operator: 'Ada', reason: 'Unused', notes })])))
    expect(text).toContain(
      ',Ada,Unused,"2026-11-25T09:00:00.000Z Bob: Customer called\n2026-11-26T09:00:00.000Z: Closed"\r\n',
    )
  })

  it('is the head alone where there is no record', async () => {
    expect(await textOf(await csvOfReturns(pagesOf()))).toBe(`\uFEFF${HEAD}\r\n`)
  })

  it('follows the order of the pages', async () => {
    const pages = pagesOf(
      [recordOf({ receiptId: 'R-3' }), recordOf({ receiptId: 'R-2' })],
      [recordOf({ receiptId: 'R-1' })],
    )
    const text = await textOf(await csvOfReturns(pages))
    expect(text.match(/^R-\d/gm)).toEqual(['R-3', 'R-2', 'R-1'])
  })

  it('says yes, no or nothing about whether a read confirmed it', async () => {
    const records = [true, false, null].map((verified) => recordOf({ verified, national: null, outcome: 'refused' }))
    const text = await textOf(await csvOfReturns(pagesOf(records)))
    expect(text.match(/(?<=,refused,)\w*(?=,)/g)).toEqual(['yes', 'no', ''])
  })

  it('quotes what would break a line, and keeps a spreadsheet from executing a cell', async () => {
    const record = recordOf({
      accountName: 'Quotes "R" us, Inc.',
      note: '=HYPERLINK("https://evil.example")',
      message: 'two\r\nlines',
    })
    const text = await textOf(await csvOfReturns(pagesOf([record])))
    expect(text).toContain(',"Quotes ""R"" us, Inc.",')
    expect(text).toContain(`,"'=HYPERLINK(""https://evil.example"")",`)
    expect(text).toContain(',"two\r\nlines",')
  })

  it('has no cell that begins a formula, whatever names, messages and notes say', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (accountName, message, note) => {
        const notes = [{ at: message, operator: note, note: message }]
        const said = { message, note, operator: message, reason: note, notes }
        const records = [recordOf({ accountName, organizationName: note, ...said })]
        expect(formulasIn((await textOf(await csvOfReturns(pagesOf(records)))).slice(1))).toEqual([])
      }),
    )
  })

  it('fails before it begins when the ledger cannot be read', async () => {
    async function* broken(): AsyncGenerator<ReturnRecord[]> {
      yield* []
      throw new Error('no ledger')
    }
    await expect(csvOfReturns(broken())).rejects.toThrow('no ledger')
  })

  it('breaks off, and does not end as if it were whole, when a later page cannot be read', async () => {
    async function* broken() {
      yield [recordOf()]
      throw new Error('no ledger')
    }
    await expect(textOf(await csvOfReturns(broken()))).rejects.toThrow('no ledger')
  })

  it('lets go of the ledger when the download is cancelled', async () => {
    let released = false
    async function* endless() {
      try {
        for (;;) yield [recordOf()]
      } finally {
        released = true
      }
    }
    const reader = (await csvOfReturns(endless())).getReader()
    await reader.read()
    await reader.cancel()
    expect(released).toBe(true)
  })
})
