import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

/**
 * Asks the browser to compile a script while it loads, on another thread, instead of function by function on the page's own
 * when they are first called. V8 reads it since Chrome 136, for others it is a comment; docs/decisions/0007 has figures.
 */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n'

const compress = promisify(brotliCompress)

/**
 * Gives each built script its hint, and each script and style sheet a compressed copy, which `lib/server/built-files.ts` sends.
 * @param {string} distDir
 */
async function prepareFiles(distDir) {
  const folder = join(distDir, 'static', 'chunks')
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(?:js|css)$/.test(name))
  if (!names.some((name) => name.endsWith('.js')))
    throw new Error(`No scripts in ${folder}: they are somewhere else in this version of Next.`)
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      let code = await readFile(path, 'utf8')
      if (name.endsWith('.js') && !code.startsWith(COMPILE_HINT)) {
        code = COMPILE_HINT + code
        await writeFile(path, code)
      }
      await writeFile(`${path}.br`, await compress(code))
    }),
  )
}

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  serverExternalPackages: ['pg'],
  compiler: { runAfterProductionCompile: ({ distDir }) => prepareFiles(distDir) },
}

export default config
