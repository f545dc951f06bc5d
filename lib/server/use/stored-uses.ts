import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { textStream } from '@/lib/server/http/text-stream'
import { inSlices } from '@/lib/server/process/slices'

/** `{ "accounts": [AccountUse…] }` as JSON. Rejects if the first page does, so that no answer begins before it. */
export async function storedUses({ uses }: Context, identity: string): Promise<ReadableStream<Uint8Array>> {
  const pages = inSlices(uses.texts(identity))
  const first = await pages.next()
  async function* pieces() {
    try {
      yield '{"accounts":['
      for (let page = first, comma = ''; !page.done; page = await pages.next(), comma = ',')
        yield comma + page.value.join(',')
      yield ']}'
    } finally {
      await pages.return()
    }
  }
  return textStream(pieces())
}
