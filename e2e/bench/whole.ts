import { NO_POSTGRES, postgresServer } from '../support/postgres.ts'
import { runWhole, type WholeSize } from '../support/whole.ts'
import { atMost, info, type Section } from './report.ts'

/** Fewer, in thousands, with `WHOLE_NUMBERS` on a slow machine. */
const NUMBERS = Math.ceil(Number(process.env.WHOLE_NUMBERS ?? 10_000) / 1_000) * 1_000
const BATCH = 400
const BATCHES = Math.floor((NUMBERS * 0.96) / BATCH)
const SIZE: WholeSize = {
  hierarchy: [NUMBERS / 1_000, 25, 40],
  singles: NUMBERS - BATCHES * BATCH,
  batches: BATCHES,
  batchSize: BATCH,
}

export const wholeSection: Section = {
  name: 'whole',
  title: 'The whole',
  how:
    `${NUMBERS} numbers are returned through a round-robin proxy by three instances on one PostgreSQL: ${SIZE.singles} one by one, the others in ` +
    `batches of ${SIZE.batchSize}. Meanwhile an instance that runs a batch is killed, one is stopped, one is replaced by another build, and PostgreSQL is ` +
    'restarted, each while Vida has returns to answer. `e2e/http/whole.spec.ts` is the same with 110 numbers.',
  run: async () => {
    const server = await postgresServer()
    if (!server) throw new Error(NO_POSTGRES)
    try {
      const { confirmed, returned, takenOver, continued, seconds, faults } = await runWhole(server, SIZE)
      const rate = (confirmed / seconds).toFixed(0)
      return [
        atMost(
          'numbers that were sent twice or lost, or whose receipt is not true',
          faults.length,
          0,
          '',
          `Of ${confirmed}. ${faults.slice(0, 3).join('; ')}`.trim(),
        ),
        info('returned', String(returned), 'The others had not been sent when their instance ended, and say so.'),
        info('steps written for an instance that had ended', String(takenOver), ''),
        info('batches continued', String(continued), ''),
        info('duration', `${seconds.toFixed(0)} s`, `${rate} numbers a second, with four starts of an instance in it.`),
      ]
    } finally {
      await server.stop()
    }
  },
}
