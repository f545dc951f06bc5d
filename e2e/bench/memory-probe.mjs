// Preloaded into the measured server (--import): on SIGUSR2 it collects garbage and prints what memory is left.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
process.on('SIGUSR2', () => {
  collect()
  // A second collection frees what finalisers and weak references released.
  setTimeout(() => {
    collect()
    const { heapUsed, rss, external } = process.memoryUsage()
    process.stderr.write(`memory-probe ${JSON.stringify({ heapUsed, rss, external })}\n`)
  }, 200)
})
