import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { runNpmCommand } from './command.ts'

const DEBIAN = '/usr/lib/postgresql'

export function postgresBinaries(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...(process.env.PATH ?? '').split(':'), ...versions.map((version) => join(DEBIAN, version, 'bin'))]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
}

/** The server refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find(([user]) => user === name)
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new Error('running as root, and neither "postgres" nor "nobody" exists to run PostgreSQL as')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch (error) {
      if (tries > 150) throw error
      await sleep(100)
    } finally {
      await client.end()
    }
  }
}

// The shell restarts the server for each line of its standard input, and stops it and removes its files at the end of that,
// however the tests ended.
const SUPERVISOR = `
binaries=$1
data=$2
port=$3
start() {
  "$binaries/postgres" -D "$data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
    -c full_page_writes=off -c max_connections=100 -c lc_messages=C >/dev/null 2>&1 </dev/null &
  server=$!
}
start
while read -r restart; do
  kill -INT $server
  wait $server
  start
  echo started
done
kill -QUIT $server
wait $server
rm -rf "$data"`

export interface RunningPostgres {
  port: number
  /** Ends every connection, and resolves when the server answers again. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface PostgresDatabases {
  /** A migrated database, by the URL of the app's role. */
  takeDatabase(): Promise<string>
  /** Empties a migrated database for another test: much faster than to make one. */
  giveBack(databaseUrl: string): Promise<void>
  /** A database without tables, by the URLs of both roles. */
  takeEmptyDatabase(): Promise<{ owner: string; app: string }>
}

export type PostgresServer = PostgresDatabases & Pick<RunningPostgres, 'restart' | 'stop'>

const ADMINISTRATOR = 'administrator'
const ROLES = readFileSync('deploy/postgres/roles.sql', 'utf8')

async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const END_OTHERS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`

// As replica, the triggers that keep the ledger do not run: the superuser's privilege alone.
const EMPTY = `do $$ begin
  set local session_replication_role = replica;
  execute (select string_agg(format('delete from %I', tablename), '; ') from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%');
end $$`

const TEMPLATE = 'migrated'

const urlAt = (port: number, role: string, database: string) => `postgres://${role}@127.0.0.1:${port}/${database}`

async function makeDatabase(port: number, name: string): Promise<{ owner: string; app: string }> {
  await execute(urlAt(port, ADMINISTRATOR, 'postgres'), `create database ${name}`)
  await execute(urlAt(port, ADMINISTRATOR, name), ROLES)
  return { owner: urlAt(port, 'numberdesk_owner', name), app: urlAt(port, 'numberdesk_app', name) }
}

/** Starts a server with a migrated database that `databasesAt` copies. */
export async function runPostgres(binaries: string): Promise<RunningPostgres> {
  const user = unprivilegedUser()
  const directory = mkdtempSync(join('uid' in user ? '/tmp' : tmpdir(), 'numberdesk-postgres-'))
  if ('uid' in user) chownSync(directory, user.uid, user.gid)
  const initdb = spawnSync(
    join(binaries, 'initdb'),
    `-D ${directory} -U ${ADMINISTRATOR} -A trust --no-sync --wal-segsize=1 -E UTF8 --locale=C.UTF-8`.split(' '),
    { ...user, cwd: '/', encoding: 'utf8' },
  )
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`)

  const port = await freePort()
  const supervisor = spawn('sh', ['-c', SUPERVISOR, 'supervisor', binaries, directory, String(port)], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(supervisor, 'exit')
  const stop = async () => {
    supervisor.stdin.end()
    await gone
  }
  const answers = () => answering(urlAt(port, ADMINISTRATOR, 'postgres'))
  const restart = async () => {
    const started = once(supervisor.stdout, 'data')
    supervisor.stdin.write('restart\n')
    await started
    await answers()
  }
  await answers()

  const { owner } = await makeDatabase(port, TEMPLATE)
  const { status, said } = await runNpmCommand('migrate', { DATABASE_URL: owner })
  if (status !== 0) {
    await stop()
    throw new Error(`the migration failed: ${said}`)
  }
  return { port, restart, stop }
}

/** Databases of this caller's own on a server that `runPostgres` started, perhaps in another process. */
export function databasesAt(port: number): PostgresDatabases {
  const administrator = (database: string) => urlAt(port, ADMINISTRATOR, database)
  const mine = randomBytes(4).toString('hex')
  const free: string[] = []
  let made = 0
  return {
    takeDatabase: async () => {
      const unused = free.pop()
      if (unused !== undefined) return unused
      const name = `test_${mine}_${++made}`
      await execute(administrator('postgres'), `create database ${name} template ${TEMPLATE}`)
      // The rights on a database itself do not come from its template.
      await execute(administrator(name), ROLES)
      return urlAt(port, 'numberdesk_app', name)
    },
    giveBack: async (databaseUrl) => {
      await execute(administrator(new URL(databaseUrl).pathname.slice(1)), END_OTHERS, EMPTY)
      free.push(databaseUrl)
    },
    takeEmptyDatabase: () => makeDatabase(port, `empty_${mine}_${++made}`),
  }
}

export async function startPostgres(binaries: string): Promise<PostgresServer> {
  const { port, restart, stop } = await runPostgres(binaries)
  return { ...databasesAt(port), restart, stop }
}
