'use client'

import { useAccount } from '@/components/inventory/account-context'
import { useActions } from '@/components/ui/actions'
import { NO_FILTER } from '@/lib/domain/inventory/view-params'
import { useNumbers, useShown } from './numbers-context'
import { useNumbersExport } from './use-numbers-export'

/** What the palette offers while the list is there. */
export function NumbersActions(): null {
  const { canReturn } = useAccount()
  const { model, marks, selection, batch, flow, findUnused } = useNumbers()
  const view = useShown()
  const { copyShown, saveShown, saveAll, printShown } = useNumbersExport(model, view)
  const { params, setParams, rows } = view
  const some = rows.length > 0
  const any = model.inventory.total > 0
  const selected = selection.rows.length > 0
  useActions({
    inventory: model.inventory,
    openNumber: (number) => void setParams({ number }),
    findNumbers: (q) => void setParams({ ...NO_FILTER, view: null, q }),
    refresh: !model.reading && model.refresh,
    selectAll: canReturn && some && (() => selection.set(rows.filter(marks.canBeChosen), true)),
    returnSelected: selected && (() => batch.confirm(selection.rows, { note: selection.note, about: null })),
    showSelection: selected && !selection.alone && (() => selection.setAlone(true)),
    clearSelection: selected && selection.clear,
    checkList: canReturn && batch.checkList,
    returnByHand: canReturn && flow.askByHand,
    clearFilters: view.filtering && (() => view.clearFilters()),
    showChurn: !view.churn && (() => void setParams({ view: 'churn' })),
    showUnused: !view.unused && (() => void setParams({ view: 'unused' })),
    findUnused: view.found.length > 0 && findUnused.ask,
    showAll: params.view !== null && (() => void setParams({ view: null })),
    group: !view.churn && !params.group && (() => void setParams({ group: true })),
    ungroup: !view.churn && params.group && (() => void setParams({ group: null })),
    copyShown: some && copyShown,
    exportCsv: some && (() => saveShown('csv')),
    exportXlsx: some && (() => saveShown('xlsx')),
    exportAllCsv: any && (() => saveAll('csv')),
    exportAllXlsx: any && (() => saveAll('xlsx')),
    print: some && printShown,
  })
  return null
}
