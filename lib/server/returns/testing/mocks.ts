import { vi } from 'vitest'

// Imported before everything else: the rooms of the house in place of a process's own.
vi.mock('@/lib/server/process/shared', async () => (await import('./test-app')).processRoom)
vi.mock('@/lib/server/db/database', async (original) => ({
  ...(await original<typeof import('@/lib/server/db/database')>()),
  ...(await import('./test-app')).databaseRoom,
}))
vi.mock('@/lib/server/vida/connection', async () => (await import('./test-app')).connectionRoom)
vi.mock('@/lib/server/session/current', async () => (await import('./test-app')).sessionRoom)
vi.mock('@/lib/server/returns/current-ledger', async () => (await import('./test-app')).ledgerRoom)
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  ...(await import('./test-app')).timersRoom,
}))
vi.mock('@/lib/server/process/log', () => ({ log: () => {} }))
