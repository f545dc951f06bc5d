import { optionsOf } from './args.ts'
import { startSandbox } from './sandbox.ts'

try {
  const { url, controlUrl, tokens } = await startSandbox(optionsOf(process.argv.slice(2)))
  process.stdout.write(`${JSON.stringify({ url, controlUrl, tokens })}\n`)
} catch (error) {
  process.stderr.write(`vida-sandbox: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
}
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => process.exit(0))
