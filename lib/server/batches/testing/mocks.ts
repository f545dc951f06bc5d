import { vi } from 'vitest'

// Imported before everything else: one database, one Vida and one open session in place of a process's own.
vi.mock('@/lib/server/db/database', async (original) => ({
  ...(await original<typeof import('@/lib/server/db/database')>()),
  database: async () => (await import('./batch-scenario')).theDatabase(),
}))
vi.mock('@/lib/server/vida/connection', async () => {
  const { theVida } = await import('./batch-scenario')
  return { vidaFor: theVida }
})
vi.mock('@/lib/server/session/current', () => ({
  sessions: async () => ({ find: async () => ({}), endAll: async () => {} }),
}))
vi.mock('@/lib/server/config/current', () => ({ settings: () => ({ returnConcurrency: 2, maxBatch: 500 }) }))
vi.mock('@/lib/server/process/log', () => ({ log: () => {} }))
