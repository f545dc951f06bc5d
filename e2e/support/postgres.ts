import {
  databasesAt,
  type PostgresDatabases,
  type PostgresServer,
  postgresBinaries,
  startPostgres,
} from '../../lib/server/db/testing/postgres.ts'

export const NO_POSTGRES = 'PostgreSQL is not installed; get it with: apt-get install postgresql'

/** An app on PostgreSQL must be given one. */
export const SESSION_SECRET = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'

function warn(): null {
  process.stderr.write(`\n!! NOT TESTED with two instances: ${NO_POSTGRES}\n\n`)
  return null
}

/** A PostgreSQL server that this test may stop, or null with a warning where none is installed. */
export async function postgresServer(): Promise<PostgresServer | null> {
  const binaries = postgresBinaries()
  return binaries ? startPostgres(binaries) : warn()
}

/** Databases on the one PostgreSQL server of this run, or null with a warning where none is installed. */
export async function postgresDatabases(): Promise<PostgresDatabases | null> {
  const answer = await fetch(process.env.POSTGRES_AT ?? '')
  if (answer.ok) return databasesAt(Number(await answer.text()))
  if (answer.status === 404) return warn()
  throw new Error(await answer.text())
}
