import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { postgresBinaries, type RunningPostgres, runPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the port of the one PostgreSQL server of this run, which it starts when it is first asked. */
    postgresAt: string
  }
}

/** A server takes three seconds of CPU time to make, so the tests of a run share one. */
export default async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const binaries = postgresBinaries()
  let running: Promise<RunningPostgres> | null = null
  const door = createServer((_, response) => {
    if (binaries) running ??= runPostgres(binaries)
    const answer = (status: number, text: string) => response.writeHead(status).end(text)
    Promise.resolve(running).then(
      (server) => answer(server ? 200 : 404, String(server?.port)),
      (error: unknown) => answer(500, String(error)),
    )
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  provide('postgresAt', `http://127.0.0.1:${address.port}`)
  return async () => {
    door.close()
    const server = await Promise.resolve(running).catch(() => null)
    await server?.stop()
  }
}
