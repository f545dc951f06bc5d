import { type PostgresServer, postgresBinaries, startPostgres } from '../../lib/server/db/testing/postgres.ts'

export const NO_POSTGRES = 'PostgreSQL is not installed; get it with: apt-get install postgresql'

/** A PostgreSQL server of this test's own, or null with a warning where none is installed. */
export async function postgresServer(): Promise<PostgresServer | null> {
  const binaries = postgresBinaries()
  if (binaries) return startPostgres(binaries)
  process.stderr.write(`\n!! NOT TESTED with two instances: ${NO_POSTGRES}\n\n`)
  return null
}
