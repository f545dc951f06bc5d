import type { ComponentProps } from 'react'

// Drawn with ARIA roles: a virtual list positions its rows, and cards on a phone keep the roles that `display` would take
// from real table elements.

type Div = ComponentProps<'div'>

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
  // biome-ignore lint/a11y/useFocusableInteractive: a row of a table is no control; where rows take the focus they say so
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
