import * as z from 'zod'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import { readJsonBody } from '@/lib/server/http/body'
import { line } from '@/lib/server/http/line'
import { json } from '@/lib/server/http/problem'
import { addNote } from '@/lib/server/returns/add-note'
import { signedIn } from '@/lib/server/routes/signed-in'

const noteSchema = z.strictObject({ note: line(NOTE_LIMIT).refine((text) => text !== '') })

export const POST = signedIn<{ receiptId: string }>(async ({ ctx, session, request, params }) => {
  const { note } = await readJsonBody(request, noteSchema)
  return json(await addNote(ctx, session, params.receiptId, note))
})
