import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

/** Runs after each build: scripts get a compile hint, scripts and style sheets a copy that `built-files.ts` sends. */

/** V8 then compiles the whole script on another thread while it loads (docs/decisions/0014). */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n'

const compress = promisify(brotliCompress)
const folder = join('.next', 'static', 'chunks')
const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:js|css)$/.test(name))
if (!names.some((name) => name.endsWith('.js')))
  throw new Error(`No scripts in ${folder}: they are somewhere else in this version of Next.`)

for (const name of names) {
  const path = join(folder, name)
  let code = await readFile(path, 'utf8')
  if (name.endsWith('.js') && !code.startsWith(COMPILE_HINT)) {
    code = COMPILE_HINT + code
    await writeFile(path, code)
  }
  await writeFile(`${path}.br`, await compress(code))
}
