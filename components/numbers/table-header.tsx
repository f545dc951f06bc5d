'use client'

import type { ViewModel } from '@/components/inventory/use-view'
import { Icon } from '@/components/ui/icon'
import { ColumnHeader, Row, RowGroup } from '@/components/ui/table'
import { type Column, GRID } from './columns'

export function TableHeader({
  view: { params, setParams, churn },
  columns,
}: {
  view: ViewModel
  columns: readonly Column[]
}) {
  return (
    <RowGroup className="sticky top-(--tools-cover) z-10 rounded-t-panel border-b border-line bg-sunken max-sm:hidden">
      <Row aria-rowindex={1} className={`${GRID} items-center text-sm text-ink-2`}>
        {columns.map(({ id, heading, sort, className = '' }) => {
          const sorted = sort === params.sort && !churn
          const direction = params.desc ? 'descending' : 'ascending'
          return (
            <ColumnHeader key={id} aria-sort={sorted ? direction : undefined} className={`min-w-0 ${className}`}>
              {sort && !churn ? (
                <button
                  type="button"
                  onClick={() => setParams({ sort, desc: sorted && !params.desc ? true : null })}
                  className="-mx-1.5 inline-flex min-h-8 items-center gap-1 rounded-control px-1.5 text-left font-medium hover:text-ink"
                >
                  <span>{heading}</span>
                  {sorted && <Icon name="up" className={`size-3 ${params.desc ? 'rotate-180' : ''}`} />}
                </button>
              ) : (
                <span className="inline-flex min-h-8 items-center font-medium">{heading}</span>
              )}
            </ColumnHeader>
          )
        })}
        <ColumnHeader>
          <span className="sr-only">Actions</span>
        </ColumnHeader>
      </Row>
    </RowGroup>
  )
}
