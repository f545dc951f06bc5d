import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Asks the browser to compile a script while it loads, on another thread, instead of function by function on the page's own
 * when they are first called. V8 reads it since Chrome 136, for others it is a comment; docs/decisions/0007 has figures.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n'

/** @param {string} distDir */
async function hintScripts(distDir) {
  const folder = join(distDir, 'static', 'chunks')
  const scripts = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'))
  if (scripts.length === 0) throw new Error(`No scripts in ${folder}: they are somewhere else in this version of Next.`)
  for (const name of scripts) {
    const path = join(folder, name)
    const code = await readFile(path, 'utf8')
    if (!code.startsWith(COMPILE_HINT)) await writeFile(path, COMPILE_HINT + code)
  }
}

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  serverExternalPackages: ['pg', 'kysely'],
  compiler: { runAfterProductionCompile: ({ distDir }) => hintScripts(distDir) },
}

export default config
