import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '@/lib/server/db/testing/databases'
import { shareBuiltFiles } from './shared-files'

function build(id: string): string {
  const folder = temporaryDirectory()
  mkdirSync(join(folder, 'static', 'chunks'), { recursive: true })
  writeFileSync(join(folder, 'BUILD_ID'), id)
  writeFileSync(join(folder, 'static', 'chunks', `${id}.js`), `of ${id}`)
  return folder
}

const text = async (found: Promise<Buffer | null>) => (await found)?.toString() ?? null

it('an instance finds the files of the build beside it, also of one that came later, and those alone', async () => {
  const shared = temporaryDirectory()
  writeFileSync(join(shared, 'secret.js'), 'not for everybody')
  const old = await shareBuiltFiles(build('old'), shared)
  expect(await text(old('chunks/new.js'))).toBeNull()
  const late = await shareBuiltFiles(build('new'), shared)
  expect(await text(old('chunks/new.js'))).toBe('of new')
  expect(await text(late('chunks/old.js'))).toBe('of old')
  for (const path of ['../../secret.js', 'chunks/../../../secret.js', '/chunks/old.js', 'chunks', '', '.'])
    expect(await text(late(path)), path).toBeNull()
})

it('two builds stay, the ones that were started last, and nothing else in the folder is touched', async () => {
  const shared = temporaryDirectory()
  mkdirSync(join(shared, 'of somebody else'))
  const builds = join(shared, 'numberdesk-builds')
  for (const [index, id] of ['one', 'two', 'one', 'three'].entries()) {
    await shareBuiltFiles(build(id), shared)
    utimesSync(join(builds, id), index, index)
  }
  expect(readdirSync(builds).toSorted()).toEqual(['one', 'three'])
  expect(readdirSync(shared)).toContain('of somebody else')
})

it('a folder that cannot be written stops nobody', async () => {
  const find = await shareBuiltFiles(build('one'), join(build('two'), 'BUILD_ID'))
  expect(await text(find('chunks/two.js'))).toBeNull()
})
