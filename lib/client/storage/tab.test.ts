import { beforeEach, expect, test, vi } from 'vitest'

const ID = /^[a-z]+ \+\d+$/

/** As a tab's storage, and as a new document of that tab. */
const kept = new Map<string, string>()
async function newDocument() {
  vi.resetModules()
  const storage = Object.fromEntries(kept)
  vi.stubGlobal('sessionStorage', {
    ...storage,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  })
  return import('./tab')
}

beforeEach(() => kept.clear())

test('what a tab keeps is there after a reload, for the account that it belongs to and no other', async () => {
  ;(await newDocument()).storeInTab('things', '100', ['one +1', 'two +2'])
  const { storedInTab } = await newDocument()
  expect(storedInTab('things', '100', ID)).toEqual(['one +1', 'two +2'])
  expect(storedInTab('things', '200', ID)).toEqual([])
  expect(storedInTab('others', '100', ID)).toEqual([])
})

test('what does not look like an id is left out, and nothing is kept of nothing', async () => {
  const { storeInTab, storedInTab } = await newDocument()
  storeInTab('things', '100', ['one +1', '<b>', 'two +2 '])
  expect(storedInTab('things', '100', ID)).toEqual(['one +1'])
  storeInTab('things', '100', [])
  expect(kept.size).toBe(0)
})

test('after the session nothing is there, and what the document that goes still keeps is not kept', async () => {
  ;(await newDocument()).storeInTab('things', '100', ['one +1'])
  kept.set('somebody-elses', 'x')
  const { forgetTab, storeInTab } = await newDocument()
  forgetTab()
  storeInTab('things', '100', ['two +2'])
  expect([...kept.keys()]).toEqual(['somebody-elses'])
})

test('where the browser keeps nothing, nothing fails', async () => {
  vi.resetModules()
  vi.stubGlobal('sessionStorage', undefined)
  const { forgetTab, storeInTab, storedInTab } = await import('./tab')
  storeInTab('things', '100', ['one +1'])
  expect(storedInTab('things', '100', ID)).toEqual([])
  forgetTab()
})
