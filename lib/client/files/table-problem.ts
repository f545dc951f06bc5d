export type TableProblem = 'unreadable' | 'open_quote' | 'too_many_rows' | 'too_much' | 'no_rows'

export const MOST_ROWS = 10_000
