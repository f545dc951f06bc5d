import { type AccountNode, SandboxData } from './data.ts'

const administrator = '1'
const partner = '60001'
export const mainReseller = '70001'
const otherReseller = '70002'
const unclassified = '990001'

export function node(id: string, kind: AccountNode['kind'], parentId: string | null, name: string): AccountNode {
  return { id, kind, parentId, name, active: true, canceledAt: null, canceledReason: null }
}

/** Everything but the main reseller's customers; the second reseller's ids are foreign to the first. */
export function baseData(firstOrganization: string, firstAgent: string): SandboxData {
  const own = (id: string) => ({ node: id, scope: id })
  const data = new SandboxData({
    administrator: own(administrator),
    partner: own(partner),
    reseller: own(mainReseller),
    otherReseller: own(otherReseller),
    organization: own(firstOrganization),
    agent: own(firstAgent),
    // Its role is unknown, yet its token works below the main reseller.
    unknown: { node: unclassified, scope: mainReseller },
  })
  data.add(node(administrator, 'administrator', null, 'Vida Operations'))
  data.add(node(partner, 'partner', administrator, 'Summit Partner Network'))
  data.add(node(mainReseller, 'reseller', partner, 'Northwind Voice'))
  data.add(node(otherReseller, 'reseller', partner, 'Southgate Telecom'))
  data.add(node(unclassified, 'user', mainReseller, 'Jo Newcomer'))

  data.add(node('8101', 'organization', otherReseller, 'Lantern Books'))
  data.add(node('8102', 'organization', otherReseller, 'Pinewood Vets'))
  data.add(node('200001', 'account', '8101', 'Orders'))
  data.add(node('200002', 'account', '8101', 'Events'))
  data.add(node('200003', 'account', '8102', 'Reception'))
  const accounts = ['200001', '200001', '200002', '200003', '200003', '200003']
  accounts.forEach((accountId, index) => {
    const number = `+1303555${String(101 + index).padStart(4, '0')}`
    data.give(accountId, { number, country: 'US', label: 'Denver', provider: 'twilio', smsEnabled: true })
  })
  return data
}
