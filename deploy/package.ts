import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import * as z from 'zod'

// Packs the built app, the modules that it runs with and the Node that runs this script into one archive.

/** With what they depend on; the other packages are in the build. */
const LOADED = [
  'next',
  'react',
  'react-dom',
  'zod',
  'pino',
  'prom-client',
  'pg',
  'kysely',
  'libphonenumber-js',
  'iron-session',
]

const APP = [
  'lib',
  'public',
  'deploy',
  'next.config.js',
  'package.json',
  '.env.example',
  'LICENSE',
  'README.md',
  'docs',
]
const LEFT_OUT = [
  // Secrets: an environment, also the one of compose.
  /(?:^|\/)\.env(?!\.example$)[^/]*$/,
  /\.(?:test|spec)\.tsx?$|\.d\.[mc]?ts$|\.map$|\.nft\.json$|(?:^|\/)testing(?:\/|$)/,
  /^docs\/(?:screenshots|decisions)(?:\/|$)/,
  /^\.next\/(?:cache|diagnostics|build|types|turbopack|trace.*)(?:\/|$)/,
  // What Next builds and develops with.
  /^node_modules\/next\/dist\/(?:docs|esm|bundle-analyzer|next-devtools)(?:\/|$)/,
  /^node_modules\/next\/dist\/compiled\/(?:.*-experimental|next-devtools)(?:\/|$)|\.dev\.js$/,
]

const manifest = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')))
const name = `numberdesk-${manifest.version}`
const target = process.argv[2] ?? 'dist'
const folder = join(target, name)
const archive = resolve(target, `${name}-linux-${process.arch}.tar.gz`)

const copy = (path: string) =>
  cpSync(path, join(folder, path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (from) => LEFT_OUT.every((left) => !left.test(relative('.', from))),
  })

function packagesFor(roots: readonly string[]): Set<string> {
  const shape = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })
  const found = new Set<string>()
  const add = (packageName: string) => {
    if (found.has(packageName)) return
    found.add(packageName)
    const { dependencies } = shape.parse(JSON.parse(readFileSync(`node_modules/${packageName}/package.json`, 'utf8')))
    for (const each of Object.keys(dependencies)) add(each)
  }
  for (const root of roots) add(root)
  return found
}

const LAUNCHER = `#!/bin/sh
# numberdesk [migrate|purge|doctor|ledger …]: without a word it starts the app.
set -e
from="$PWD"
export INIT_CWD="$from"
cd "\${0%/*}/.."
case "\${DATA_DIR:-}" in
  /*) ;;
  '') grep -qs '^ *DATA_DIR=' .env || export DATA_DIR="$from/.data" ;;
  *) export DATA_DIR="$from/$DATA_DIR" ;;
esac
case "\${1:-}" in
  migrate | purge | doctor | ledger)
    command="$1"
    shift
    exec bin/node --import ./lib/server/module-hooks.ts "lib/server/$command.ts" "$@"
    ;;
esac
exec bin/node --max-semi-space-size=16 lib/server/main.ts "$@"
`

rmSync(folder, { recursive: true, force: true })
mkdirSync(join(folder, 'bin'), { recursive: true })
for (const path of [...APP, '.next']) copy(path)
for (const each of packagesFor(LOADED)) copy(`node_modules/${each}`)
cpSync(realpathSync(process.execPath), join(folder, 'bin', 'node'))
writeFileSync(join(folder, 'bin', 'numberdesk'), LAUNCHER, { mode: 0o755 })
// Any user may run it, whatever the umask was here.
execFileSync('chmod', ['-R', 'a+rX,go-w', folder])
const owner = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner']
execFileSync('tar', [...owner, '-czf', archive, '-C', target, name])
rmSync(folder, { recursive: true })
process.stdout.write(`${archive} ${Math.round(statSync(archive).size / 1e6)} MB\n`)
