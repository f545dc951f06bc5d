type Take = (chunk: Buffer) => void

/** What of `process.stdin` is used. */
interface Terminal {
  isTTY: boolean
  setRawMode: (isRaw: boolean) => unknown
  resume: () => unknown
  pause: () => unknown
  on: (event: 'data', take: Take) => unknown
  off: (event: 'data', take: Take) => unknown
}

const ENTER = '\r\n\u0004'
const BACKSPACE = '\b\u007f'
const INTERRUPT = '\u0003'

/** A line that a person types, not shown; null: there is no terminal, or they pressed Ctrl+C. */
export async function readHidden(
  input: Terminal,
  output: { write: (text: string) => unknown },
  question: string,
): Promise<string | null> {
  if (!input.isTTY) return null
  output.write(question)
  input.setRawMode(true)
  input.resume()
  let line = ''
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const take: Take = (chunk) => {
    for (const char of chunk.toString()) {
      if (char === INTERRUPT) return resolve(null)
      if (ENTER.includes(char)) return resolve(line)
      line = BACKSPACE.includes(char) ? line.slice(0, -1) : line + char
    }
  }
  input.on('data', take)
  try {
    return await promise
  } finally {
    input.off('data', take)
    input.setRawMode(false)
    input.pause()
    output.write('\n')
  }
}
