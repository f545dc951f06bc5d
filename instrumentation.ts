/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { openAtStart } = await import('@/lib/server/db/open-at-start')
  await openAtStart()
}
