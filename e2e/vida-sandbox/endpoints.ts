import { list } from './lists.ts'
import { accountObject } from './present.ts'
import { type ApiRequest, type Plan, refuse, type State, targetOf } from './request.ts'
import { accountBody, numbersBody } from './shapes.ts'
import { shuffled } from './shuffled.ts'
import { mayReturn } from './tokens.ts'
import { conversationLogs, recentMessages } from './use-answers.ts'

type Endpoint = (request: ApiRequest, state: State) => Plan

const endpoints = new Map<string, Endpoint>([
  ['GET /api/v2/account', whoAmI],
  ['GET /api/v2/listResellers', list('reseller', 'partner', 'targetPartnerId')],
  ['GET /api/v2/listOrganizations', list('organization', 'reseller', 'targetResellerId')],
  ['GET /api/v2/listAccounts', list('account', 'organization', 'targetOrganizationId')],
  ['GET /api/v2/phoneNumbers', phoneNumbers],
  ['GET /api/v2/messages/recent', recentMessages],
  ['GET /api/v2/logs', conversationLogs],
  ['POST /api/v2/phoneNumber/return', returnNumber],
])

/** What Vida would answer to this request now, and the change it would make. */
export function evaluate(request: ApiRequest, state: State): Plan {
  const { method, path, role } = request
  const isKnown = role !== null && !state.behaviour.revoked.includes(role)
  if (state.replay && isKnown) return state.replay.answerTo(method, path, request.query)
  const endpoint = endpoints.get(`${method} ${path}`)
  if (!endpoint) return refuse(404, 'Not found')
  if (!isKnown) return refuse(401, 'Unauthorized')
  return endpoint(request, state)
}

function whoAmI(request: ApiRequest, state: State): Plan {
  const { data, behaviour } = state
  const shape = request.variant.accountShape ?? behaviour.accountShape
  const alone = behaviour.mainNumber === 'lists-only' ? { ...behaviour, mainNumber: 'absent' as const } : behaviour
  const target = request.query.get('targetAccountId')
  if (target === null && request.role !== null) {
    const node = data.find(data.identities[request.role].node)
    if (!node) return refuse(404, 'Account not found')
    const account = { ...accountObject(data, alone, node), ...behaviour.identity[request.role] }
    return { status: 200, body: accountBody(shape, account) }
  }
  const found = targetOf(request, data, 'targetAccountId')
  if ('status' in found) return found
  return { status: 200, body: accountBody(shape, accountObject(data, alone, found.node)) }
}

function phoneNumbers(request: ApiRequest, { data, behaviour }: State): Plan {
  if (!behaviour.numbersOffered) return refuse(404, 'Not found')
  const found = targetOf(request, data, 'targetAccountId')
  if ('status' in found) return found
  const shape = request.variant.numbersShape ?? behaviour.numbersShape
  const held = data.numbersOf(found.node.id)
  const isShuffled = request.variant.paging === 'shuffled'
  const numbers = isShuffled ? shuffled(held, request.seed) : held
  if (behaviour.numbersPageSize === null) return { status: 200, body: numbersBody(shape, numbers) }
  const pageNumber = Number(request.query.get('page') ?? 0)
  const pageSize = Math.min(Number(request.query.get('pageSize') ?? 1_000), behaviour.numbersPageSize)
  const body = numbersBody(shape, numbers.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize))
  const paging = { ...(!isShuffled && { totalPhoneNumbers: numbers.length }), pageSize, pageNumber }
  return { status: 200, body: typeof body === 'object' && !Array.isArray(body) ? { ...body, ...paging } : body }
}

function returnNumber(request: ApiRequest, { data }: State): Plan {
  if (request.role === null || !mayReturn(request.role)) return refuse(401, 'Unauthorized: requires a reseller account')
  const { body } = request
  const number = typeof body === 'object' && body !== null && 'number' in body ? body.number : undefined
  if (typeof number !== 'string' || number === '') return refuse(400, 'A JSON body with "number" is required')
  const found = targetOf(request, data, 'targetAccountId')
  if ('status' in found) return found
  const accounts = data.accountsHolding(number, found.node.id)
  if (accounts.length === 0) {
    return refuse(404, `Unable to return phone number: ${number} is not assigned to any account of yours`)
  }
  return {
    status: 200,
    body: { success: true, message: 'Success' },
    work: () => {
      for (const accountId of accounts) data.take(accountId, number)
    },
  }
}
