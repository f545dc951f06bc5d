import { vi } from 'vitest'

// Imported before everything else: one database, one Vida and one open session in place of a process's own.
vi.mock('@/lib/db/database', async (original) => ({
  ...(await original<typeof import('@/lib/db/database')>()),
  database: async () => (await import('./test-desk')).theDatabase(),
}))
vi.mock('@/lib/vida/connection', async () => {
  const { theVida } = await import('./test-desk')
  return { vidaFor: theVida }
})
vi.mock('@/lib/session/current', () => ({ sessions: async () => ({ find: async () => ({}), endAll: async () => {} }) }))
vi.mock('@/lib/config/current', () => ({ settings: () => ({ returnConcurrency: 2, maxBatch: 500 }) }))
vi.mock('@/lib/process/log', () => ({ log: () => {} }))
