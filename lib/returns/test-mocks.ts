import { vi } from 'vitest'

// Imported before everything else: the rooms of the house in place of a process's own.
vi.mock('@/lib/process/shared', async () => (await import('./test-house')).processRoom)
vi.mock('@/lib/db/database', async (original) => ({
  ...(await original<typeof import('@/lib/db/database')>()),
  ...(await import('./test-house')).databaseRoom,
}))
vi.mock('@/lib/vida/connection', async () => (await import('./test-house')).connectionRoom)
vi.mock('@/lib/session/current', async () => (await import('./test-house')).sessionRoom)
vi.mock('./ledger-room', async () => (await import('./test-house')).ledgerRoom)
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof import('node:timers/promises')>()),
  ...(await import('./test-house')).timersRoom,
}))
vi.mock('@/lib/process/log', () => ({ log: () => {} }))
