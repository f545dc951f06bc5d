'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useActivity } from '@/components/activity/activity-context'
import { useAccount } from '@/components/inventory/account-context'
import { useInventory } from '@/components/inventory/use-inventory'
import { useMarks } from '@/components/inventory/use-marks'
import { ProtectionNotice } from '@/components/protections/protection-notice'
import { type Protectable, useProtectionDialog } from '@/components/protections/use-protection-dialog'
import { Button } from '@/components/ui/button'
import { useNow } from '@/components/ui/hooks'
import { useHydrated } from '@/components/ui/hydration'
import { historyQuery } from '@/lib/client/queries/history'
import { choose } from '@/lib/domain/batches/choice'
import { customerIn, problemsOf } from '@/lib/domain/inventory/customer'
import type { Protection } from '@/lib/domain/protections/protection'
import { CustomerAgents } from './customer-agents'
import { CustomerHeading } from './customer-heading'
import { CustomerNotices } from './customer-notices'
import { CustomerReturns } from './customer-returns'
import { CustomerUnknown } from './customer-unknown'
import { LeftOut, ReturnAll, useReturnAll } from './return-all'

interface CustomerProps {
  id: string
  maxBatch: number
  holdSeconds: number
}

export function CustomerScreen({ id, ...limits }: CustomerProps) {
  const { canReturn } = useAccount()
  const { started, begin } = useActivity()
  const batch = useReturnAll(begin)
  const model = useInventory()
  const marks = useMarks(model, started)
  const hydrated = useHydrated()
  const now = useNow()
  const { inventory, state } = model
  const customer = useMemo(() => (hydrated ? customerIn(inventory, id, now) : null), [hydrated, inventory, id, now])
  const choice = choose(customer?.rows ?? [], marks.obstacle)
  const problems = problemsOf(state.problems, id, customer)
  const history = useInfiniteQuery(historyQuery({ search: '', outcomes: [], from: '', to: '', organizationId: id }))
  const records = useMemo(() => history.data?.pages.flatMap(({ returns }) => returns) ?? [], [history.data])
  const failed = problems.find(({ organization }) => organization)?.organization
  const name =
    customer?.name ?? failed?.name ?? records.find(({ organizationName }) => organizationName)?.organizationName
  const dialog = useProtectionDialog()
  const { ask } = dialog
  const lift = canReturn ? (lifted: Protection) => ask({ step: 'lift', protection: lifted }) : null
  const subject: Protectable = { level: 'organization', target: id, name: name ?? null }
  const protection = marks.protections.find(({ level, target }) => level === 'organization' && target === id)
  const isKnown = customer !== null || name !== undefined || records.length > 0
  return (
    <>
      <CustomerHeading id={id} name={hydrated && name ? name : null} customer={customer} model={model} now={now}>
        {canReturn && customer && (
          <ReturnAll
            batch={batch}
            customer={customer}
            choice={choice}
            model={model}
            protectedBy={marks.protectedBy}
            {...limits}
          />
        )}
        {canReturn && customer && !protection && (
          <Button aria-haspopup="dialog" onClick={() => dialog.ask({ step: 'set', choices: [subject] })}>
            Protect…
          </Button>
        )}
      </CustomerHeading>
      {canReturn && <LeftOut choice={choice} />}
      {protection && (
        <div className="mb-4">
          <ProtectionNotice protection={protection} onLift={lift} />
        </div>
      )}
      {dialog.Dialog && dialog.asked && <dialog.Dialog asked={dialog.asked} onClose={dialog.close} />}
      <CustomerNotices model={model} problems={problems} />
      {customer ? (
        <CustomerAgents
          customer={customer}
          marks={marks}
          over={!model.reading && state.accountsRead > 0}
          ask={canReturn ? ask : null}
        />
      ) : (
        <CustomerUnknown id={id} model={model} isNamed={isKnown} />
      )}
      {hydrated && (isKnown || history.error) && (
        <CustomerReturns name={name ?? `Customer ${id}`} query={history} records={records} />
      )}
    </>
  )
}
