import 'server-only'

export type Page<Row> = (after: string, limit: number) => Promise<Row[]>

/** In order of the accounts' ids. */
export async function* pagesOf<Row extends { account_id: string | null }>(
  page: Page<Row>,
  limit: number,
): AsyncGenerator<Row[]> {
  for (let after = ''; ; ) {
    const rows = await page(after, limit)
    if (rows.length > 0) yield rows
    if (rows.length < limit) return
    after = rows.at(-1)?.account_id ?? after
  }
}
