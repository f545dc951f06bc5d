/** Run in the page: what the list is compared with. In a file of its own because it is sent as text. */

export interface GridRow {
  number: string
  account: string
  accountId: string
  organization: string
  country: string
  state: string
}

/** What AG Grid's script defines, as far as it is used here (its documentation, “Quick Filter”). */
interface AgGrid {
  createGrid: (
    element: HTMLElement,
    options: Record<string, unknown>,
  ) => { setGridOption: (name: 'quickFilterText', value: string) => void }
}

interface ModelUpdated {
  api: { getDisplayedRowCount: () => number }
}

/** A search field over 20 rows, which draws them anew for each key: the least that a key can cost. */
export function installEmptyPage(): void {
  document.body.innerHTML = '<input id="search" type="search"><div role="table"></div>'
  const [field, table] = [document.querySelector('input'), document.querySelector('[role=table]')]
  if (!field || !table) throw new Error('the page was not made')
  const draw = () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${field.value} ${index}`)
    table.innerHTML = lines.map((line) => `<div role="row" data-index>${line}</div>`).join('')
  }
  field.addEventListener('input', draw)
  draw()
}

/** AG Grid with a row for each number, and its quick filter. */
export function installGrid(rows: GridRow[]): void {
  document.body.innerHTML =
    '<input id="search" type="search"><div role="table"></div><div id="grid" style="height: 740px"></div>'
  const [field, place] = [document.querySelector('input'), document.getElementById('grid')]
  const count = document.querySelector('[role=table]')
  if (!field || !place || !count) throw new Error('the page was not made')
  const { agGrid } = window as unknown as { agGrid: AgGrid }
  const fields = ['number', 'account', 'accountId', 'organization', 'country', 'state']
  const grid = agGrid.createGrid(place, {
    rowData: rows,
    columnDefs: fields.map((name) => ({ field: name })),
    cacheQuickFilter: true,
    animateRows: false,
    // The rows on screen may be the same ones after a key.
    onModelUpdated: ({ api }: ModelUpdated) => count.setAttribute('aria-rowcount', String(api.getDisplayedRowCount())),
  })
  field.addEventListener('input', () => grid.setGridOption('quickFilterText', field.value))
}
