import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { runNpmCommand } from '@/lib/server/db/testing/command'
import { describePostgres, openForTest } from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import type { Database } from './database'
import { ownsLedger } from './roles'

const LEDGER = {
  return_intents: 'account_name',
  return_accounts: 'account_name',
  return_events: 'outcome',
  return_notes: 'note',
  protection_changes: 'reason',
}
const NO_PRIVILEGE = '42501'
const FROM_TRIGGER = 'P0001'

const attempt = ({ queries }: Database, statement: string) =>
  sql
    .raw(statement)
    .execute(queries)
    .then(
      () => 'done',
      (error: { code: string }) => error.code,
    )

describePostgres('the app’s role', (open, _dialect, _locate, locateEmpty) => {
  it('cannot take the triggers off the ledger, and change, empty or remove nothing in it', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const { receiptId } = await ledger.intend(intentFor('+12145551234'))
    await ledger.append(receiptId, { outcome: 'returned', how: 'vida_answered' })
    for (const [table, column] of Object.entries(LEDGER)) {
      const statements = [
        `alter table ${table} disable trigger all`,
        `alter table ${table} disable trigger ${table}_rows`,
        `drop trigger ${table}_rows on ${table}`,
        `drop trigger ${table}_whole on ${table}`,
        `create trigger mine before insert on ${table} for each row execute function numberdesk_append_only()`,
        `drop table ${table} cascade`,
        `alter table ${table} rename to elsewhere`,
        `alter table ${table} owner to numberdesk_app`,
        `truncate ${table} cascade`,
        `delete from ${table}`,
        `update ${table} set ${column} = 'x'`,
      ]
      for (const statement of statements) expect(await attempt(db, statement), statement).toBe(NO_PRIVILEGE)
    }
    expect(await attempt(db, `update return_intents set receipt_id = 'x'`)).toBe(FROM_TRIGGER)
    expect(await ledger.get(SCOPE, receiptId)).toMatchObject({ outcome: 'returned', number: '+12145551234' })
  })

  it('cannot put another trigger function, role or replication mode in the way', async () => {
    const { db } = await open()
    const statements = [
      'create or replace function numberdesk_append_only() returns trigger language plpgsql as $$ begin return new; end $$',
      'drop function numberdesk_append_only() cascade',
      'set session_replication_role = replica',
      'set role numberdesk_owner',
      'create table mine (one integer)',
      'create temporary table return_events (one integer)',
      `insert into kysely_migration (name, timestamp) values ('9999', '')`,
      'delete from batches',
    ]
    for (const statement of statements) expect(await attempt(db, statement), statement).toBe(NO_PRIVILEGE)
  })

  it('may read and add rows in each table of the app', async () => {
    const { db } = await open()
    const lacking = sql<{ relname: string }>`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely%' and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert'))`
    expect((await lacking.execute(db.queries)).rows).toEqual([])
    expect(await ownsLedger(db)).toBe(false)
  })

  it('is refused a database without tables, until their owner has made them', async () => {
    const { databaseUrl, dataDir } = await locateEmpty()
    const app = { databaseUrl: databaseUrl?.replace('numberdesk_owner', 'numberdesk_app') ?? '', dataDir }
    await expect(openForTest(app)).rejects.toMatchObject({ code: 'NOT_MIGRATED' })

    const migrateAs = (url: string | null) => runNpmCommand('migrate', { DATABASE_URL: url ?? '' })
    const refused = await migrateAs(app.databaseUrl)
    expect(refused.status).toBe(1)
    expect(refused.said).toContain('run `npm run migrate` as the role that owns them')
    expect(await migrateAs(databaseUrl)).toEqual({
      status: 0,
      said: 'The tables are those of this version, and numberdesk_app may use them.\n',
    })
    expect(await ownsLedger(await openForTest(app))).toBe(false)
  })

  it('may be one with the owner, in a simple installation that makes its own tables', async () => {
    const owner = await openForTest(await locateEmpty())
    expect(await ownsLedger(owner)).toBe(true)
    const ledger = createLedger(owner)
    const { receiptId } = await ledger.intend(intentFor('+12145551234'))
    expect(await ledger.append(receiptId, { outcome: 'returned', how: 'vida_answered' })).toBeDefined()
    expect(await attempt(owner, 'delete from return_events')).toBe(FROM_TRIGGER)
  })
})
