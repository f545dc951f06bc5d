import 'server-only'
import { BadCursor } from './errors'
import { isReceiptId } from './receipt-id'

/** The place after a record, as an opaque word. Receipt ids sort by time, so one is all a place needs. */
export function cursorAfter(receiptId: string): string {
  return Buffer.from(receiptId).toString('base64url')
}

/**
 * The receipt id that a cursor stands after.
 * @throws BadCursor
 */
export function readCursor(cursor: string): string {
  const receiptId = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString() : ''
  if (!isReceiptId(receiptId) || cursorAfter(receiptId) !== cursor) throw new BadCursor()
  return receiptId
}
