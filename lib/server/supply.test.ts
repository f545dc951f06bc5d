import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'

/** Packages whose install scripts somebody has read. None is needed today. */
const MAY_RUN_SCRIPTS: readonly string[] = []

/** Below it, Next.js has known critical advisories. */
const NEXT_FLOOR = [16, 4, 6]

const versions = z.record(z.string(), z.string()).default({})
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
const locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().default(false),
  inBundle: z.boolean().default(false),
})
const lock = z
  .object({ lockfileVersion: z.number(), packages: z.record(z.string(), locked) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
const asked = Object.entries({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
})
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

it('every dependency is asked for in one exact version, and the lock file has that one', () => {
  expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  for (const [name, version] of asked) expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
})

it('Next is at least the version without known critical advisories', () => {
  const version = (lock.packages['node_modules/next']?.version ?? '').split('.').map(Number)
  const firstOther = version.findIndex((part, index) => part !== NEXT_FLOOR[index])
  expect(firstOther < 0 || (version[firstOther] ?? 0) > (NEXT_FLOOR[firstOther] ?? 0), version.join('.')).toBe(true)
})

it('every package is pinned by a hash and comes from the registry alone', () => {
  expect(lock.lockfileVersion).toBe(3)
  expect(packages.length).toBeGreaterThan(50)
  for (const [path, { integrity, resolved, inBundle }] of packages) {
    // What comes inside another package is covered by that one's hash.
    if (!inBundle) expect(integrity, path).toMatch(/^sha512-/)
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\//)
  }
})

it('install scripts run only where somebody has read them', () => {
  const running = packages.filter(([path, { hasInstallScript }]) => hasInstallScript || hasScript(path))
  const names = running.map(([path]) => path.replace(/^.*node_modules\//, ''))
  expect(names.filter((name) => !MAY_RUN_SCRIPTS.includes(name))).toEqual([])
})

/** Whether an installed package has a script that npm would run: the lock file's own flag may be missing. */
function hasScript(path: string): boolean {
  const file = `${path}/package.json`
  if (!existsSync(file)) return false
  const { scripts } = z.object({ scripts: versions }).parse(JSON.parse(readFileSync(file, 'utf8')))
  return ['preinstall', 'install', 'postinstall'].some((name) => name in scripts)
}
