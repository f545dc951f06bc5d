import type { ComponentProps } from 'react'

// ARIA roles, because `display` takes the roles from table elements, and the virtual list and the cards need it.

type Div = ComponentProps<'div'>

/** For a positioned row with `aria-current`: the panel beside the list shows it. */
export const SHOWN_ROW =
  'before:absolute before:inset-y-0 before:left-0 before:w-1 before:bg-accent forced-colors:before:bg-[Highlight]'

export function Table(props: Div & { 'aria-label': string }) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  return <div role="table" {...props} />
}

export function RowGroup(props: Div) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  return <div role="rowgroup" {...props} />
}

export function Row(props: Div) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: a row is not a control; rows that take the focus have a tabIndex
  return <div role="row" {...props} />
}

export function ColumnHeader(props: Div) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
  return <div role="columnheader" {...props} />
}

export function Cell(props: Div) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  return <div role="cell" {...props} />
}
