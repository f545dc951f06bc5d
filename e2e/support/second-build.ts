import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const TEXT = /\.(?:js|css|json|html|rsc|meta|txt)$|BUILD_ID$/

/**
 * The same build under another id, and each script and style sheet under another name, as a second version has them. To
 * build a second time takes minutes.
 */
export function secondBuild(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of ['node_modules', 'lib', 'public', 'next.config.js', 'package.json'])
    symlinkSync(resolve(name), join(folder, name))
  const build = join(folder, '.next')
  cpSync('.next', build, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\/cache$|\.(?:map|br)$/.test(path),
  })

  const id = readFileSync(join(build, 'BUILD_ID'), 'utf8').trim()
  const chunks = readdirSync(join(build, 'static', 'chunks'), { recursive: true, encoding: 'utf8' })
  const names = chunks.filter((name) => /\.(?:js|css)$/.test(name)).map((name) => basename(name).replace(/\.\w+$/, ''))
  const known = new RegExp([id, ...names].map((name) => RegExp.escape(name)).join('|'), 'g')
  const renamed = (text: string) => text.replaceAll(known, (name) => `2${name.slice(0, -1)}`)
  for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    writeFileSync(path, renamed(readFileSync(path, 'utf8')))
  }
  const staticFolder = join(build, 'static')
  for (const name of [id, ...chunks.map((chunk) => join('chunks', chunk))]) {
    const path = join(staticFolder, name)
    if (renamed(name) !== name) renameSync(path, join(staticFolder, renamed(name)))
  }
  rmSync(join(build, 'trace'), { force: true })
}
