import type { Behaviour } from './options.ts'
import type { AccountNode, World } from './world.ts'

/**
 * An account as Vida writes it in lists and in “who am I” (fields: shared notes on the Vida API, “An account object”).
 * With `mixed` ids one and the same id may be a number in one place and a string in another.
 */
export function accountObject(
  world: World,
  { idsAs, mainNumber }: Pick<Behaviour, 'idsAs' | 'mainNumber'>,
  node: AccountNode,
): Record<string, unknown> {
  const organization = world.nearest(node, 'organization')
  const reseller = world.nearest(node, 'reseller')
  const partner = world.nearest(node, 'partner')
  const base = {
    id: writtenId(node.id, idsAs, Number(node.id) % 5 === 0),
    username: `${node.kind}.${node.id}`,
    email: `${node.kind}.${node.id}@example.com`,
    name: node.name,
    active: node.active,
  }
  // What makes the unclassified user unclassified is that none of the telling fields is there.
  if (node.kind === 'user') return base
  if (node.kind === 'administrator') return { ...base, accountType: 'user', superAdmin: true }
  const linkAsText = Number(node.id) % 3 === 0
  const link = (to: AccountNode | undefined) => (to ? writtenId(to.id, idsAs, linkAsText) : null)
  return {
    ...base,
    accountType: node.kind,
    orgName: (organization ?? node).name,
    accountName: node.name,
    organizationId: link(organization ?? node),
    resellerId: link(reseller),
    partnerId: link(partner),
    ...mainNumberField(mainNumber, world, node),
    smsEnabled: world.numbersOf(node.id).some((held) => held.smsEnabled),
    externalAccountId: `crm-${node.id}`,
    externalBillingId: null,
    timestamp: '2023-05-04T09:30:00.000Z',
    vidaPremium: node.active && node.canceledAt === null,
    vidaPremiumCanceled: node.canceledAt,
    canceledReason: node.canceledReason,
    canceledDetails: node.canceledReason === null ? null : `${node.canceledReason} (told by the customer)`,
    productPlanId: 'plan-standard',
  }
}

function writtenId(id: string, idsAs: Behaviour['idsAs'], textWhenMixed: boolean): string | number {
  return idsAs === 'strings' || (idsAs === 'mixed' && textWhenMixed) ? id : Number(id)
}

function mainNumberField(how: Behaviour['mainNumber'], world: World, node: AccountNode): { vidaPhoneNumber?: unknown } {
  const text = mainNumberText(world, node)
  if (how === 'absent') return {}
  if (how === 'null') return { vidaPhoneNumber: null }
  return { vidaPhoneNumber: how === 'number' && text !== null ? Number(text.replace(/\D/g, '')) : text }
}

/** Accounts with an odd id write a +1 number with dashes, as Vida's own example does. */
function mainNumberText(world: World, node: AccountNode): string | null {
  const number = world.numbersOf(node.id)[0]?.number
  if (number === undefined) return null
  return Number(node.id) % 2 === 1 ? number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1-$1-$2-$3') : number
}
