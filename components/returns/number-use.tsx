'use client'

import { useQuery } from '@tanstack/react-query'
import { Group } from '@/components/ui/group'
import { useNow } from '@/components/ui/hooks'
import { formatAge } from '@/lib/client/format/format'
import { numberUseQuery } from '@/lib/client/queries/use'
import { basisSentence, isInUse, usageSentence, wasJustUsed } from '@/lib/domain/use/wording'
import type { ReturnTarget } from './target'

type Words = { text: string; more: string; tone: 'quiet' | 'warn' }

const READING: Words = { text: 'Asking Vida when it was last used…', more: '', tone: 'quiet' }

/** What Vida says of the use of the number that is about to be returned, and whether its last four digits are asked for. */
export function useNumberUse(target: ReturnTarget | null) {
  const account = target?.row?.account
  const { data, error } = useQuery({
    ...numberUseQuery(target?.number ?? '', account?.id ?? ''),
    enabled: account !== undefined,
  })
  const now = useNow()
  const words = (): Words => {
    if (data) {
      const tone = isInUse(data, now) ? 'warn' : 'quiet'
      return { text: usageSentence(data, now, formatAge), more: basisSentence(data), tone }
    }
    return error ? { text: 'When it was last used could not be read.', more: error.message, tone: 'quiet' } : READING
  }
  return { words: account ? words() : null, asksDigits: data !== undefined && wasJustUsed(data, now) }
}

const TONES = { quiet: 'border-line bg-canvas text-ink-2', warn: 'border-warn-line bg-warn-soft text-warn' }

/** As high before the answer as with it. */
export function NumberUse({ words: { text, more, tone }, asksDigits }: { words: Words; asksDigits: boolean }) {
  return (
    <Group
      label="Use"
      aria-live="polite"
      className={`grid min-h-16 content-center gap-0.5 rounded-panel border px-4 py-2 max-sm:min-h-20 @max-[16rem]:px-2 ${TONES[tone]}`}
    >
      <p className={tone === 'warn' ? 'font-medium' : ''}>{text}</p>
      {more && <p className="text-sm">{more}</p>}
      {asksDigits && <p className="sr-only">Its last four digits are asked for.</p>}
    </Group>
  )
}
