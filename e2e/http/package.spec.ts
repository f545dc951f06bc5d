import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { firstLine, startCommand } from '../support/processes.ts'
import { placesIn } from '../support/returns.ts'
import { newFolder } from '../support/test-app.ts'

const NOBODY = 65534
const MOST_BYTES = 120_000_000

/** As another user than the one who owns the files, where that is possible. */
const asNobody =
  process.getuid?.() === 0 ? ['setpriv', '--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'] : []

test('the package returns a number: unpacked, without npm, by a user who can write nothing but its data', async ({
  sandbox,
}) => {
  test.setTimeout(180_000)
  const folder = newFolder()
  // Least compression: it halves the time, and what is in the archive is the same.
  execFileSync(process.execPath, ['deploy/package.ts', folder], { env: { ...process.env, GZIP: '-1' }, stdio: 'pipe' })
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? 'none'
  expect(statSync(join(folder, archive)).size).toBeLessThan(MOST_BYTES)
  const bare = join(folder, 'bare')
  const data = join(folder, 'data')
  for (const made of [bare, data]) mkdirSync(made)
  chmodSync(folder, 0o755)
  if (asNobody.length > 0) chownSync(data, NOBODY, NOBODY)
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', bare])
  const [name = 'none'] = readdirSync(bare)

  const env = { PATH: '/nowhere', VIDA_API_BASE_URL: sandbox.url, DATA_DIR: data, PORT: '0', RETURN_HOLD_SECONDS: '0' }
  const run = [...asNobody, '/usr/bin/env', '-i', ...Object.entries(env).map(([key, value]) => `${key}=${value}`)]
  const [command = '/usr/bin/env', ...args] = [...run, join(bare, name, 'bin', 'numberdesk')]
  const app = startCommand(command, args, {})
  try {
    const url = (await firstLine(app, /ready on/)).replace(/^.*ready on /, '')
    const client = await apiClient(url, sandbox.tokens.reseller)
    const [place] = await placesIn(sandbox.control, 1)
    expect(
      (await client.post('/api/numbers/return', { number: place?.number, accountId: place?.accountId })).body,
    ).toMatchObject({ outcome: 'returned' })
    expect((await client.raw('/numbers')).status).toBe(200)
  } finally {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
