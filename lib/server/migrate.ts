import { grantToApp } from '@/lib/server/db/roles'
import { runCommand } from './command'

const GRANTS = new URL('../../deploy/postgres/grants.sql', import.meta.url)

await runCommand(() => async (db) => {
  const ready = 'The tables are those of this version'
  if (db.dialect === 'sqlite') return `${ready}.`
  return (await grantToApp(db, GRANTS))
    ? `${ready}, and numberdesk_app may use them.`
    : `${ready}. There is no role numberdesk_app: deploy/postgres/roles.sql makes one.`
})
