import { type AccountNode, World } from './world.ts'

/** Ids of the nodes that every world has; see `world-default.ts` and `world-sized.ts` for what is below them. */
const administrator = '1'
const partner = '60001'
export const mainReseller = '70001'
const otherReseller = '70002'
const unclassified = '990001'

/** An active node that was never cancelled. */
export function node(id: string, kind: AccountNode['kind'], parentId: string | null, name: string): AccountNode {
  return { id, kind, parentId, name, active: true, canceledAt: null, canceledReason: null }
}

/**
 * A world with everything but the main reseller's customers: the operator, a partner, the main reseller, and a
 * second reseller with two organizations, three agents and six numbers whose ids are foreign to the first.
 */
export function worldFrame(firstOrganization: string, firstAgent: string): World {
  const own = (id: string) => ({ node: id, scope: id })
  const world = new World({
    administrator: own(administrator),
    partner: own(partner),
    reseller: own(mainReseller),
    otherReseller: own(otherReseller),
    organization: own(firstOrganization),
    agent: own(firstAgent),
    // Nothing in this identity says what it is, yet its token works below the main reseller.
    unknown: { node: unclassified, scope: mainReseller },
  })
  world.add(node(administrator, 'administrator', null, 'Vida Operations'))
  world.add(node(partner, 'partner', administrator, 'Summit Partner Network'))
  world.add(node(mainReseller, 'reseller', partner, 'Northwind Voice'))
  world.add(node(otherReseller, 'reseller', partner, 'Southgate Telecom'))
  world.add(node(unclassified, 'user', mainReseller, 'Jo Newcomer'))

  world.add(node('8101', 'organization', otherReseller, 'Lantern Books'))
  world.add(node('8102', 'organization', otherReseller, 'Pinewood Vets'))
  world.add(node('200001', 'account', '8101', 'Orders'))
  world.add(node('200002', 'account', '8101', 'Events'))
  world.add(node('200003', 'account', '8102', 'Reception'))
  const accounts = ['200001', '200001', '200002', '200003', '200003', '200003']
  accounts.forEach((accountId, index) => {
    const number = `+1303555${String(101 + index).padStart(4, '0')}`
    world.give(accountId, { number, country: 'US', label: 'Denver', provider: 'twilio', smsEnabled: true })
  })
  return world
}
