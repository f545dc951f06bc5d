import { ApiProblem } from './api'

/** Problems of the app's own side: they may come after the batch began, whatever their own words say. */
const MAY_HAVE_BEGUN: readonly string[] = ['internal', 'database_unavailable', 'ledger_unavailable']

/** Why beginning a batch failed, what that means for its numbers, and what to do. Without a clear answer nobody knows whether it began. */
export function whyNotBegun(error: Error): string {
  const own = error instanceof ApiProblem && MAY_HAVE_BEGUN.includes(error.code)
  if (error instanceof ApiProblem && !own) return `${error.message} No batch was begun.`
  const what = own ? 'The app failed while the batch was being begun.' : error.message
  return `${what} The batch may have begun all the same: look above the list, or in History, before you try again.`
}
