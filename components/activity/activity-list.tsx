'use client'

import { type ReactNode, useCallback, useId } from 'react'
import { useAccount } from '@/components/inventory/account-context'
import { needsPerson, type Section as PageSection, useActivityPanel } from './activity-context'
import { BatchEntry } from './batch-entry'
import { LatestEntries } from './latest-entries'
import { OutcomeEntry, WaitingEntry } from './return-entry'
import { UnknownEntry } from './unknown-entry'
import { UsesEntry } from './uses-entry'

function Section({ title, tone = '', children }: { title: string; tone?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-b border-line px-4 py-3 last:border-b-0">
      <h3 id={id} className={`mb-2 text-sm font-medium ${tone || 'text-ink-3'}`}>
        {title}
      </h3>
      <div className="grid gap-3 text-ink-2">{children}</div>
    </section>
  )
}

/** Where the page's own entries are drawn. */
function Slot({ section }: { section: PageSection }) {
  const { setSlot } = useActivityPanel()
  const ref = useCallback((element: HTMLElement | null) => setSlot(section, element), [setSlot, section])
  return <div ref={ref} className="grid gap-3" />
}

/** Held and running, what needs a person, what changed, and what is done. Loaded when the panel is first opened. */
export default function ActivityList() {
  const { canReturn } = useAccount()
  const { shown, batches, running, needed, unknown, counts, uses } = useActivityPanel()
  return (
    <>
      {running > 0 && (
        <Section title="Under way">
          {batches.map(
            (batch) =>
              batch.state !== 'ended' && batch.state !== 'paused' && <BatchEntry key={batch.id} batch={batch} />,
          )}
          {uses === 'running' && <UsesEntry />}
          {shown.map((each) => each.kind === 'waiting' && <WaitingEntry key={each.id} waiting={each} />)}
        </Section>
      )}
      {needed > 0 && (
        <Section title="Needs you" tone="text-warn">
          {shown.map((each) => each.kind === 'answered' && <OutcomeEntry key={each.id} answered={each} />)}
          {unknown.length > 0 && <UnknownEntry receipts={unknown} />}
          {batches.map((batch) => needsPerson(batch) && <BatchEntry key={batch.id} batch={batch} />)}
          {uses === 'needs' && <UsesEntry />}
          {counts.needs > 0 && <Slot section="needs" />}
        </Section>
      )}
      {counts.changed > 0 && (
        <Section title="What changed">
          <Slot section="changed" />
        </Section>
      )}
      {canReturn && (
        <Section title="Done">
          {batches.map(
            (batch) => batch.state === 'ended' && !needsPerson(batch) && <BatchEntry key={batch.id} batch={batch} />,
          )}
          <LatestEntries without={[...shown.map(({ id }) => id), ...batches.map(({ id }) => id)]} />
        </Section>
      )}
      {!canReturn && running === 0 && needed === 0 && counts.changed === 0 && (
        <p className="px-4 py-6 text-ink-3">Nothing is under way, and nothing changed.</p>
      )}
    </>
  )
}
