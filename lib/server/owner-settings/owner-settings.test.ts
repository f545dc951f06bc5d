import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { createOwnerSettings } from './owner-settings'

const OWNER = { origin: 'https://api.vida.dev', account: { id: '70001' } }

describeEachDatabase('what an account set for itself', (open) => {
  it('is there for every instance, can be changed and removed, and belongs to that account of that API', async () => {
    const { db, again } = await open()
    const settings = createOwnerSettings(db, Date)
    const other = createOwnerSettings(await again(), Date)
    expect(await settings.get(OWNER, 'prices')).toBeNull()
    await settings.set(OWNER, 'prices', { price: '1' })
    await other.set(OWNER, 'prices', { price: '2' })
    await settings.set(OWNER, 'reasons', ['unused'])
    expect(await settings.get(OWNER, 'prices')).toEqual({ price: '2' })
    expect(await other.get(OWNER, 'reasons')).toEqual(['unused'])
    for (const owner of [
      { ...OWNER, account: { id: '70002' } },
      { ...OWNER, origin: 'https://vida.example' },
    ]) {
      expect(await settings.get(owner, 'prices')).toBeNull()
      await settings.set(owner, 'prices', null)
    }
    expect(await settings.get(OWNER, 'prices')).toEqual({ price: '2' })
    await settings.set(OWNER, 'prices', null)
    expect(await other.get(OWNER, 'prices')).toBeNull()
    expect(await other.get(OWNER, 'reasons')).toEqual(['unused'])
  })
})
