import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '@/lib/domain/diagnosis/report'
import { reportText } from '@/lib/domain/diagnosis/wording'
import { pastedToken } from '@/lib/domain/session/pasted-token'
import { readSettings, SettingsError } from '@/lib/server/config/settings'
import { diagnose } from '@/lib/server/diagnosis/diagnose'
import { Recorder } from '@/lib/server/diagnosis/recorder'
import { loadEnvironment } from '@/lib/server/environment'
import { CommandError } from '@/lib/server/process/command-error'
import { createVidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'
import type { Observer } from '@/lib/server/vida/reader'
import { parseDoctor } from './doctor-arguments'
import { givenPath } from './given-path'
import { readHidden } from './read-hidden'

const EXIT_CODES: Record<Verdict, number> = { ready: 0, limited: 1, not_understood: 2 }

async function main(): Promise<void> {
  process.umask(0o077)
  const { json, record } = parseDoctor(process.argv.slice(2))
  loadEnvironment(process.cwd(), { dev: false })
  const { vidaBaseUrl: baseUrl, vidaConcurrency, vidaIsProduction: isProduction } = readSettings(process.env)
  const token = pastedToken(process.env.VIDA_TOKEN || (await askForToken()))
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new CommandError('That is no token: a token is a line of visible characters.')
  const pace = new Pace(vidaConcurrency)
  const onCall = (calls: number) => process.stderr.isTTY && process.stderr.write(`\rAsking Vida, call ${calls} …`)
  const recorder = new Recorder()
  const connect = (watch: Observer) => {
    const observer: Observer = {
      asks: (asked) => watch.asks(asked),
      came: (exchange) => {
        watch.came(exchange)
        if (record !== null) recorder.take(exchange)
      },
    }
    return createVidaClient({ baseUrl, readOnly: true, token, pace, observer })
  }
  const report = await diagnose(connect, { isProduction, onCall })
  if (process.stderr.isTTY) process.stderr.write('\r\n')
  process.stdout.write(`${reportText(report)}\n`)
  process.exitCode = EXIT_CODES[report.verdict]
  if (json !== null) await write(givenPath(json), report, 'The report could not be written to that file.')
  if (record === null) return
  const problem = 'The answers could not be written to that folder.'
  const folder = givenPath(record)
  await mkdir(folder, { recursive: true }).catch(() => {
    throw new CommandError(problem)
  })
  await write(join(folder, 'answers.json'), recorder.recording(), problem)
}

async function write(file: string, content: object, problem: string): Promise<void> {
  await writeFile(file, `${JSON.stringify(content, null, 1)}\n`).catch(() => {
    throw new CommandError(problem)
  })
}

async function askForToken(): Promise<string> {
  const token = await readHidden(process.stdin, process.stderr, 'Vida API token (not shown): ')
  if (token === null) throw new CommandError('No token: set VIDA_TOKEN, or run this at a terminal.')
  return token
}

try {
  await main()
} catch (error) {
  const isKnown = error instanceof CommandError || error instanceof SettingsError
  process.stderr.write(`${isKnown ? error.message : 'The doctor failed unexpectedly.'}\n`)
  process.exitCode = EXIT_CODES.not_understood
}
