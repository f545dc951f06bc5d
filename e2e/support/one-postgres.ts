import setup from '../../lib/server/db/testing/one-postgres.ts'

/** Tells the workers, which begin with this process's environment, where the run's PostgreSQL server is asked for. */
export default (): Promise<() => Promise<void>> =>
  setup({
    provide: (_, url) => {
      process.env.POSTGRES_AT = url
    },
  })
