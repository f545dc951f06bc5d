interface Line {
  /** Alternatives; none: only the palette has it. */
  keys: readonly string[]
  label: string
  /** Can also be done in the palette. */
  action?: string
}

/** The list of keys, and the palette's actions, each in this order. */
const LINES = [
  { action: 'palette', keys: ['Ctrl K', '⌘ K'], label: 'Search everything, and find any action' },
  { action: 'search', keys: ['/'], label: 'Go to the search' },
  { keys: ['Enter', '↓'], label: 'In the search: go to the first row' },
  { action: 'goToNumbers', keys: ['g n'], label: 'Go to Numbers' },
  { action: 'goToHistory', keys: ['g h'], label: 'Go to History' },
  { action: 'activity', keys: ['g a'], label: 'Open and close Activity' },
  { keys: ['j', '↓'], label: 'Next row' },
  { keys: ['k', '↑'], label: 'Previous row' },
  { keys: ['PageDown', 'PageUp'], label: 'Ten rows down and up' },
  { keys: ['Home', 'End'], label: 'First and last row' },
  { keys: ['Enter'], label: 'Open the row, or open and close a group' },
  { keys: ['x'], label: 'Select the row, or the whole group' },
  { keys: ['Shift ↓', 'Shift j'], label: 'Extend the selection; with ↑ and k upwards' },
  { action: 'selectAll', keys: ['Ctrl A', '⌘ A'], label: 'Select all that match' },
  { keys: ['r'], label: 'Return the row’s number (asks first)' },
  { action: 'returnSelected', keys: ['Shift r'], label: 'Return the selected numbers (asks first)' },
  { keys: ['j', 'k'], label: 'On a number’s page or a receipt: the next and the previous one' },
  { action: 'undo', keys: ['Ctrl Z', '⌘ Z'], label: 'Undo the newest return that is not sent yet' },
  { keys: ['Esc'], label: 'Close a dialog, else clear the search, else the selection' },
  { action: 'showSelection', keys: [], label: 'Show the selection alone' },
  { action: 'clearSelection', keys: [], label: 'Clear the selection' },
  { action: 'checkList', keys: [], label: 'Check a list' },
  { action: 'returnByHand', keys: [], label: 'Return another number (asks first)' },
  { action: 'refresh', keys: [], label: 'Refresh' },
  { action: 'clearFilters', keys: [], label: 'Clear filters' },
  { action: 'showChurn', keys: [], label: 'Show the churn queue' },
  { action: 'showUnused', keys: [], label: 'Show unused numbers' },
  { action: 'findUnused', keys: [], label: 'Find unused numbers (asks first)' },
  { action: 'showAll', keys: [], label: 'Show all numbers' },
  { action: 'group', keys: [], label: 'Group by organization' },
  { action: 'ungroup', keys: [], label: 'Do not group by organization' },
  { action: 'copyShown', keys: [], label: 'Copy the shown numbers' },
  { action: 'exportCsv', keys: [], label: 'Export CSV of what is shown' },
  { action: 'exportXlsx', keys: [], label: 'Export XLSX of what is shown' },
  { action: 'exportAllCsv', keys: [], label: 'Export CSV of all numbers' },
  { action: 'exportAllXlsx', keys: [], label: 'Export XLSX of all numbers' },
  { action: 'print', keys: [], label: 'Print what is shown' },
  { action: 'keys', keys: ['?'], label: 'Keyboard shortcuts' },
  { action: 'lightTheme', keys: [], label: 'Theme: light' },
  { action: 'darkTheme', keys: [], label: 'Theme: dark' },
  { action: 'systemTheme', keys: [], label: 'Theme: as the system' },
  { action: 'signOut', keys: [], label: 'Sign out' },
  { action: 'signOutEverywhere', keys: [], label: 'Sign out everywhere (asks first)' },
] as const satisfies readonly Line[]

export type ActionId = Extract<(typeof LINES)[number], { action: string }>['action']

export const ACTION_LINES: readonly (Line & { action?: ActionId })[] = LINES
