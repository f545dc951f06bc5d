import { NoAnswer } from './api'

/** The server sends a line at least every 10 s, ms. */
const SILENCE_MS = 35_000

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** @throws NoAnswer after a silence: after sleep or a change of networks a stream may never end. */
async function readOn(reader: Reader, silent: string): ReturnType<Reader['read']> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const stop = () => reject(new NoAnswer(silent))
    timer = setTimeout(stop, SILENCE_MS)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}

/** The lines of a stream, as they come. @param silent what is said after a silence, which ends it with NoAnswer */
export async function* linesOf(body: ReadableStream<Uint8Array>, silent: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  try {
    for (let chunk = await readOn(reader, silent); !chunk.done; chunk = await readOn(reader, silent)) {
      const lines = (rest + decoder.decode(chunk.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.trim()) yield line
    }
    if (rest.trim()) yield rest
  } finally {
    // Tells the server when reading stops early.
    void reader.cancel().catch(() => undefined)
  }
}
