import type { Sandbox } from '@/e2e/vida-sandbox/sandbox'

/** The return requests that arrived at this sandbox, in order. */
export async function postsTo({ control }: Sandbox) {
  return (await control.log()).entries.filter(({ path }) => path.endsWith('/phoneNumber/return'))
}
