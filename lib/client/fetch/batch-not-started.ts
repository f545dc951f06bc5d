import { ApiProblem } from './api'

/** Problems of the app itself: they may come after the batch has started. */
const MAY_HAVE_STARTED: readonly string[] = ['internal', 'database_unavailable', 'ledger_unavailable']

export function whyNotStarted(error: Error): string {
  const own = error instanceof ApiProblem && MAY_HAVE_STARTED.includes(error.code)
  if (error instanceof ApiProblem && !own) return `${error.message} No batch was started.`
  const what = own ? 'The app failed while it started the batch.' : error.message
  return `${what} The batch may have started all the same: look in Activity, or in History, before you try again.`
}
