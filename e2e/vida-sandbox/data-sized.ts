import type { SandboxData } from './data.ts'
import { baseData, mainReseller, node } from './data-base.ts'

export interface DataSize {
  organizations: number
  accountsPerOrganization: number
  numbersPerAccount: number
}

const northAmerica: [string, string][] = [
  ...[
    '214',
    '713',
    '212',
    '312',
    '602',
    '305',
    '503',
    '206',
    '617',
    '404',
    '702',
    '612',
    '215',
    '313',
    '414',
    '504',
  ].map((area): [string, string] => [`+1${area}555`, 'US']),
  ...['416', '604', '514', '403'].map((area): [string, string] => [`+1${area}555`, 'CA']),
]
const britain: [string, string][] = [
  ['+44207946', 'GB'],
  ['+44161496', 'GB'],
  ['+44113496', 'GB'],
]
const mostNumbers = 200_000

/** Every 20th organization and every 15th account is cancelled; every tenth number is British, the others are +1. */
export function sizedData(size: DataSize): SandboxData {
  const { organizations, accountsPerOrganization, numbersPerAccount } = size
  const counts = [organizations, accountsPerOrganization, numbersPerAccount]
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) throw new RangeError('sizes are counts')
  if (organizations * accountsPerOrganization * numbersPerAccount > mostNumbers) {
    throw new RangeError(`a data holds at most ${mostNumbers} numbers`)
  }
  const data = baseData('10001', '1000001')
  let accounts = 0
  let numbers = 0
  for (let index = 1; index <= organizations; index += 1) {
    const id = String(10_000 + index)
    const name = `Customer ${String(index).padStart(4, '0')}`
    data.add({ ...node(id, 'organization', mainReseller, name), ...leaving(index, 20) })
    for (let agent = 1; agent <= accountsPerOrganization; agent += 1) {
      accounts += 1
      const accountId = String(1_000_000 + accounts)
      data.add({ ...node(accountId, 'account', id, `Agent ${agent} of ${name}`), ...leaving(accounts, 15) })
      for (let line = 1; line <= numbersPerAccount; line += 1) {
        data.give(accountId, generated(numbers, line))
        numbers += 1
      }
    }
  }
  return data
}

function generated(index: number, line: number) {
  const british = index % 10 === 9
  const among = british ? britain : northAmerica
  const rank = british ? Math.floor(index / 10) : index - Math.floor(index / 10)
  const [prefix, country] = among[rank % among.length] ?? ['+1214555', 'US']
  const number = `${prefix}${String(Math.floor(rank / among.length)).padStart(4, '0')}`
  return { number, country, label: `Line ${line}`, provider: 'twilio', smsEnabled: !british }
}

function leaving(index: number, every: number) {
  if (index % every !== 0) return {}
  const canceledAt = Date.UTC(2024 + (index % 3), index % 10, 1 + (index % 28)) / 1000
  return { active: false, canceledAt, canceledReason: 'Contract ended' }
}
