import 'server-only'

/** Where the last incomplete reading of an identity stands: it never replaces the complete one, but tells who held a number. */
export function partial(identity: string): string {
  return `${identity}:partial`
}

/** Where the inventory stands that changes are told against, from the first change until they are dismissed. */
export function before(identity: string): string {
  return `${identity}:before`
}

/** Whose slot this is: an identity's own, or one of those beside it. */
export function identityOf(slot: string): string {
  return slot.replace(/:(?:partial|before)$/, '')
}
