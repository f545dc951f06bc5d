import type { SandboxData } from './data.ts'
import { baseData, mainReseller, node } from './data-base.ts'

/** Ranges that regulators reserve for fiction: prefix, first line number, its width, country. */
const series = {
  dallas: ['+1214555', 101, 4, 'US'],
  houston: ['+1713555', 101, 4, 'US'],
  newYork: ['+1212555', 101, 4, 'US'],
  chicago: ['+1312555', 101, 4, 'US'],
  phoenix: ['+1602555', 101, 4, 'US'],
  miami: ['+1305555', 101, 4, 'US'],
  portland: ['+1503555', 101, 4, 'US'],
  seattle: ['+1206555', 101, 4, 'US'],
  toronto: ['+1416555', 101, 4, 'CA'],
  vancouver: ['+1604555', 101, 4, 'CA'],
  montreal: ['+1514555', 101, 4, 'CA'],
  london: ['+4420794601', 1, 2, 'GB'],
  manchester: ['+441614960', 101, 3, 'GB'],
  paris: ['+3319900', 101, 4, 'FR'],
  berlin: ['+493023125', 101, 3, 'DE'],
  munich: ['+498999998', 101, 3, 'DE'],
  cologne: ['+492214710', 101, 3, 'DE'],
  sydney: ['+6125550', 1101, 4, 'AU'],
  melbourne: ['+6137010', 1101, 4, 'AU'],
} as const satisfies Record<string, readonly [string, number, number, string]>

type Place = keyof typeof series

interface Left {
  active?: boolean
  canceled?: string
  reason?: string
}
type Agent = [name: string, place: Place, numbers: number, left?: Left]
interface Customer extends Left {
  name: string
  agents: Agent[]
  own?: [Place, number]
}

const gone: Left = { active: false }

/** Twelve customers, 40 agents, 90 numbers. Ids follow the order: 8001…8012 and 100001…100040. */
const customers: Customer[] = [
  {
    name: 'Alder Family Dentistry',
    agents: [
      ['Front desk', 'dallas', 4],
      ['After hours', 'dallas', 2],
      ['Recalls', 'dallas', 3],
      ['Insurance', 'dallas', 1],
      ['Overflow', 'dallas', 0],
    ],
  },
  {
    name: 'Brightwater Plumbing',
    agents: [
      ['Dispatch', 'houston', 6],
      ['Emergency line', 'houston', 3],
      ['Quotes', 'houston', 2],
      ['Callbacks', 'houston', 1, gone],
    ],
  },
  {
    name: 'Bluebird Bakery',
    agents: [
      ['Orders', 'london', 3],
      ['Catering', 'london', 2],
      ['Deliveries', 'manchester', 1],
    ],
  },
  {
    name: 'Müller & Söhne Haustechnik',
    agents: [
      ['Zentrale', 'berlin', 3],
      ['Notdienst', 'munich', 2],
      ['Büro Köln', 'cologne', 2],
      ['Terminannahme', 'berlin', 1],
    ],
  },
  {
    name: "Maison d'Aubrac",
    agents: [
      ['Réservations', 'paris', 3],
      ['Traiteur', 'paris', 1],
      ['Boutique', 'paris', 0],
    ],
  },
  {
    name: 'Coolibah Physiotherapy',
    agents: [
      ['Bookings', 'sydney', 3],
      ['Bookings Melbourne', 'melbourne', 2],
      ['Claims', 'sydney', 1],
    ],
  },
  {
    name: 'Maple & Main Realty',
    agents: [
      ['Listings', 'toronto', 4],
      ['Rentals', 'vancouver', 3],
      ['Open houses', 'montreal', 2],
      ['Staging', 'toronto', 1, { canceled: '2026-11-02', reason: 'Service no longer offered' }],
    ],
  },
  {
    name: 'Harbor Lights Hotel Group',
    own: ['newYork', 3],
    agents: [
      ['Concierge', 'newYork', 4],
      ['Reservations', 'newYork', 4],
      ['Events', 'newYork', 2],
      ['Spa', 'newYork', 1],
      ["O'Malley's Bar", 'newYork', 1],
    ],
  },
  {
    name: 'Bluebird Bakery',
    agents: [
      ['Orders', 'chicago', 2],
      ['Wholesale', 'chicago', 1],
    ],
  },
  {
    name: 'Copperline Fitness',
    ...gone,
    canceled: '2025-02-14',
    reason: 'Closed its studios',
    agents: [
      ['Membership', 'phoenix', 3, { ...gone, canceled: '2025-02-14', reason: 'Closed its studios' }],
      ['Classes', 'phoenix', 2, { ...gone, canceled: '2025-02-14', reason: 'Closed its studios' }],
      ['Lost and found', 'phoenix', 1],
    ],
  },
  {
    name: 'Tidewater Legal',
    ...gone,
    canceled: '2026-09-30',
    reason: 'Moved to another provider',
    agents: [
      ['Intake', 'miami', 4, { ...gone, canceled: '2026-09-30', reason: 'Moved to another provider' }],
      ['Billing', 'miami', 1, { ...gone, canceled: '2026-09-12' }],
    ],
  },
  {
    name: 'Quietwood Yoga',
    agents: [
      ['Timetable', 'portland', 2],
      ['Old studio line', 'seattle', 3, { ...gone, canceled: '2024-06-01', reason: 'Moved to another city' }],
    ],
  },
]

const providers = ['twilio', 'telnyx', 'bandwidth']

export function defaultData(): SandboxData {
  const data = baseData('8001', '100001')
  const used = new Map<Place, number>()
  let agentId = 100001
  const hand = (accountId: string, place: Place, count: number) => {
    const [prefix, first, width, country] = series[place]
    const start = used.get(place) ?? 0
    used.set(place, start + count)
    for (let index = start; index < start + count; index += 1) {
      data.give(accountId, {
        number: `${prefix}${String(first + index).padStart(width, '0')}`,
        country,
        label: index % 3 === 0 ? 'Main line' : `Line ${index + 1}`,
        provider: providers[index % providers.length] ?? 'twilio',
        smsEnabled: country === 'US' || country === 'CA',
      })
    }
  }
  customers.forEach((customer, index) => {
    const id = String(8001 + index)
    data.add({ ...node(id, 'organization', mainReseller, customer.name), ...leaving(customer) })
    if (customer.own) hand(id, ...customer.own)
    for (const [name, place, numbers, left = {}] of customer.agents) {
      data.add({ ...node(String(agentId), 'account', id, name), ...leaving(left) })
      hand(String(agentId), place, numbers)
      agentId += 1
    }
  })
  return data
}

function leaving({ active = true, canceled, reason }: Left) {
  return {
    active,
    canceledAt: canceled === undefined ? null : Date.parse(canceled) / 1000,
    canceledReason: reason ?? null,
  }
}
