import { readSettings, SettingsError } from '@/lib/server/config/settings'
import { type Database, openDatabase } from '@/lib/server/db/database'
import { NOT_MIGRATED } from '@/lib/server/db/migrate'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { loadEnvironment } from '@/lib/server/environment'
import { CommandError } from '@/lib/server/process/command-error'

/**
 * Runs a command on the app's database and prints what it says; a failure is one sentence and exit code 1.
 * `prepare` reads the arguments, before anything is opened.
 */
export async function runCommand(prepare: () => (db: Database) => Promise<string>): Promise<void> {
  process.umask(0o077)
  try {
    const command = prepare()
    loadEnvironment(process.cwd(), { dev: false })
    const db = await openDatabase(readSettings(process.env))
    try {
      process.stdout.write(`${await command(db)}\n`)
    } finally {
      await db.close()
    }
  } catch (error) {
    process.stderr.write(`${sentenceFor(error)}\n`)
    process.exitCode = 1
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof CommandError || error instanceof SettingsError) return error.message
  if (!(error instanceof DatabaseUnavailable)) return 'The command failed unexpectedly.'
  if (error.code === NOT_MIGRATED)
    return 'The database lacks the tables of this version, and the role of DATABASE_URL may not make them: run `npm run migrate` as the role that owns them.'
  return `${error.message} Running the command again does what is left.`
}
