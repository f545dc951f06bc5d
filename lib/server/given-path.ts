import { resolve } from 'node:path'

/** A path as it was typed: npm and the packed command run in the app's folder, and say from where they were called. */
export function givenPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? '', path)
}
