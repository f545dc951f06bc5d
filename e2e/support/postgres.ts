import { type PostgresServer, postgresBinaries, startPostgres } from '../../lib/server/db/testing/postgres.ts'

export const NO_POSTGRES = 'PostgreSQL is not installed; get it with: apt-get install postgresql'

/** An app on PostgreSQL must be given one. */
export const SESSION_SECRET = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'

/** A PostgreSQL server of this test's own, or null with a warning where none is installed. */
export async function postgresServer(): Promise<PostgresServer | null> {
  const binaries = postgresBinaries()
  if (binaries) return startPostgres(binaries)
  process.stderr.write(`\n!! NOT TESTED with two instances: ${NO_POSTGRES}\n\n`)
  return null
}
