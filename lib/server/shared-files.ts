import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, cp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { log } from './process/log.ts'

/** The built files of another version that runs beside this one; null: nobody has it. */
export type FindShared = (path: string) => Promise<Buffer | null>

const KEPT_BUILDS = 2

/** No dot segment, no separator but `/`. */
const SAFE_PATH = /^(?:[\w~-][\w~.-]*\/)*[\w~-][\w~.-]*$/

/**
 * Adds this build's files to a folder that all instances share, and removes all but the two newest builds there, so that
 * a page of one version finds its files on an instance of the other.
 */
export async function shareBuiltFiles(build: string, staticDir: string): Promise<FindShared> {
  // A folder of its own, because folders are removed from it.
  const folder = join(staticDir, 'numberdesk-builds')
  const id = (await readFile(join(build, 'BUILD_ID'), 'utf8')).trim()
  try {
    await add(join(build, 'static'), join(folder, id))
    await removeOld(folder, id)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    log('error', 'built_files_not_shared', { code })
  }
  return async (path) => {
    if (!SAFE_PATH.test(path)) return null
    for (const other of await buildsIn(folder)) {
      const found = other === id ? null : await readFile(join(folder, other, path)).catch(() => null)
      if (found) return found
    }
    return null
  }
}

/** Whole or not at all: another instance of this build may start at the same time. */
async function add(files: string, target: string): Promise<void> {
  const now = new Date()
  if (!(await exists(target))) {
    // Not by the process's id, which is 1 in every container.
    const whole = `${target}.${randomUUID()}.part`
    try {
      await cp(files, whole, { recursive: true })
      await rename(whole, target).catch(() => undefined)
    } finally {
      await rm(whole, { recursive: true, force: true })
    }
  }
  await utimes(target, now, now)
}

async function removeOld(folder: string, own: string): Promise<void> {
  const builds = await Promise.all(
    (await buildsIn(folder)).map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = builds.toSorted((one, other) => other.at - one.at).slice(KEPT_BUILDS)
  for (const { name } of old) if (name !== own) await rm(join(folder, name), { recursive: true, force: true })
}

async function buildsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => !name.endsWith('.part'))
}

const exists = (path: string) =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
