import type { AccountNode, SandboxData } from './data.ts'
import type { Behaviour } from './options.ts'

/** An account as Vida writes it in lists and in “who am I” (docs/vida-api.md, “An account object”). */
export function accountObject(
  data: SandboxData,
  { mainNumber }: Pick<Behaviour, 'mainNumber'>,
  node: AccountNode,
): Record<string, unknown> {
  const organization = data.nearest(node, 'organization')
  const reseller = data.nearest(node, 'reseller')
  const partner = data.nearest(node, 'partner')
  const base = {
    id: writtenId(node.id, Number(node.id) % 5 === 0),
    username: `${node.kind}.${node.id}`,
    email: `${node.kind}.${node.id}@example.com`,
    name: node.name,
    active: node.active,
  }
  // The role of this user is unknown because none of the other fields is there.
  if (node.kind === 'user') return base
  if (node.kind === 'administrator') return { ...base, accountType: 'user', superAdmin: true }
  const linkAsText = Number(node.id) % 3 === 0
  const link = (to: AccountNode | undefined) => (to ? writtenId(to.id, linkAsText) : null)
  return {
    ...base,
    accountType: node.kind,
    orgName: (organization ?? node).name,
    accountName: node.name,
    organizationId: link(organization ?? node),
    resellerId: link(reseller),
    partnerId: link(partner),
    ...mainNumberField(mainNumber, data, node),
    smsEnabled: data.numbersOf(node.id).some((held) => held.smsEnabled),
    externalAccountId: `crm-${node.id}`,
    externalBillingId: null,
    timestamp: '2023-05-04T09:30:00.000Z',
    vidaPremium: node.active && node.canceledAt === null,
    vidaPremiumCanceled: node.canceledAt,
    canceledReason: node.canceledReason,
    canceledDetails: node.canceledReason === null ? null : `${node.canceledReason} (said the customer)`,
    productPlanId: 'plan-standard',
  }
}

/** As with Vida, the same id may be a number in one place and a string in another. */
function writtenId(id: string, asText: boolean): string | number {
  return asText ? id : Number(id)
}

function mainNumberField(
  how: Behaviour['mainNumber'],
  data: SandboxData,
  node: AccountNode,
): { vidaPhoneNumber?: unknown } {
  const text = mainNumberText(data, node)
  if (how === 'absent') return {}
  if (how === 'null') return { vidaPhoneNumber: null }
  return { vidaPhoneNumber: how === 'number' && text !== null ? Number(text.replace(/\D/g, '')) : text }
}

/** Accounts whose id is not even write a +1 number with dashes, as Vida's own example does. */
function mainNumberText(data: SandboxData, node: AccountNode): string | null {
  const number = data.numbersOf(node.id)[0]?.number
  if (number === undefined) return null
  return Number(node.id) % 2 === 1 ? number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1-$1-$2-$3') : number
}
