import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import { describeNumber } from '@/lib/server/phone/e164'
import type { VidaNumber } from '@/lib/server/vida/client'

/** A number as the browser gets it: formatted here, because the phone library stays on the server. */
export function assigned({ number, label, provider, sms }: VidaNumber): AssignedNumber {
  const { national, country } = describeNumber(number)
  return { number, national, country, label, provider, sms }
}
