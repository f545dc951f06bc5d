import type { AccountNode, SandboxData } from './data.ts'
import { type ApiRequest, type Plan, refuse, type State, targetOf } from './request.ts'
import { unknownBody } from './shapes.ts'
import { believableUses, type Use, usesOf } from './uses.ts'

/** In every text of a message or log entry, none of which the app may keep, log or show. */
export const TEXT_CANARY = 'canary-of-what-was-said'

/** The other end of every call and text begins with it. */
export const CALLER_PREFIX = '+15125550'

export function recentMessages(request: ApiRequest, state: State): Plan {
  const { messages: shape, messagesCap } = state.behaviour
  if (shape === 'not-offered') return refuse(404, 'Not found')
  const found = usesAsked(request, state)
  if ('status' in found) return found
  const all = found.uses.map(messageOf).slice(0, messagesCap ?? found.uses.length)
  if (shape === 'documented') return { status: 200, body: all }
  return { status: 200, body: shape === 'data' ? { success: true, data: all } : unknownBody(shape, 'messages') }
}

export function conversationLogs(request: ApiRequest, state: State): Plan {
  const shape = state.behaviour.logs
  if (shape === 'not-offered') return refuse(404, 'Not found')
  if (shape === 'unavailable') return refuse(503, 'Conversation logs service not available')
  const found = usesAsked(request, state)
  if ('status' in found) return found
  if (shape !== 'documented') return { status: 200, body: unknownBody(shape, 'logs') }
  const number = (name: string, otherwise: number) => Number(request.query.get(name) ?? otherwise)
  const now = Date.now() / 1000
  const [start, end] = [number('start', now - 7 * 86_400), number('end', now)]
  const [page, pageSize] = [number('page', 1), Math.min(number('pageSize', 20), 10_000)]
  const all = found.uses.filter(({ at }) => at >= Math.floor(start) && at <= Math.ceil(end))
  const logs = all.slice((page - 1) * pageSize, page * pageSize).map((use) => logOf(use, found.node, state.data))
  const totalPages = Math.ceil(all.length / pageSize)
  const pagination = { page, pageSize, totalPages, totalCount: all.length, hasMore: page < totalPages }
  const body = { success: true, message: 'Success', logs, count: logs.length, totalCount: all.length, pagination }
  return { status: 200, body }
}

/** Newest first. Without regard to the target: those of the token's own account. */
function usesAsked(request: ApiRequest, { data, behaviour }: State): { node: AccountNode; uses: Use[] } | Plan {
  if (behaviour.ignoresTargetOfUse && request.role !== null) {
    const node = data.find(data.identities[request.role].node)
    if (!node) return refuse(404, 'Account not found')
    return { node, uses: usesOf({ number: '+18005550142', hoursAgo: 1, times: 50 }) }
  }
  const found = targetOf(request, data, 'targetAccountId')
  if ('status' in found) return found
  const generated = behaviour.use === 'believable' ? believableUses(data, found.node) : []
  const uses = [...generated, ...data.usesOf(found.node.id)].sort((one, other) => other.at - one.at)
  return { node: found.node, uses }
}

function callerOf(index: number): string {
  return `${CALLER_PREFIX}${String(100 + (index % 100)).padStart(3, '0')}`
}

/** As the OpenAPI document shows one. */
function messageOf({ number, kind, direction, at }: Use, index: number) {
  const [fromNumber, toNumber] = direction === 'inbound' ? [callerOf(index), number] : [number, callerOf(index)]
  const text = (what: string) => `${what}: ${TEXT_CANARY}`
  const dialog = [{ role: 'user', content: text('dialog') }]
  return {
    ...{
      from: 4_000 + (index % 7),
      fromUser: text('from'),
      to: 878_589,
      toUser: text('to'),
      roomId: `${index % 7}:878589`,
    },
    ...{ timestamp: at, date: new Date(at * 1000).toISOString(), uuid: `message-${at}-${index}`, status: 'success' },
    ...{ type: kind === 'call' ? 'call' : 'sms', source: kind === 'call' ? 'voice' : 'sms', direction },
    ...{ eventType: `${direction}-${kind === 'call' ? 'call' : 'sms'}`, duration: kind === 'call' ? 48 : null },
    ...{ fromNumber, toNumber, missedCall: false, aiAgent: true, message: text('message'), summary: text('summary') },
    ...{ callDialog: kind === 'call' ? dialog : [], chatDialog: kind === 'text' ? dialog : [] },
    ...{ agentOutcome: text('outcome'), aiLeadRatingReason: text('reason'), voicemailRecording: text('voicemail') },
    attachments: [{ 'content-type': 'audio/mp3', filename: text('file'), 'content-url': text('url') }],
  }
}

function logOf({ kind, direction, at }: Use, node: AccountNode, data: SandboxData) {
  const text = `${kind}: ${TEXT_CANARY}`
  return {
    ...{ id: `log_${node.id}_${at}`, timestamp: new Date(at * 1000).toISOString(), eventType: 'message.created' },
    ...{ account_id: node.id, org_id: data.nearest(node, 'organization')?.id ?? null },
    metadata: { convoId: `c_${at}`, tokens: 1234, direction, caller: callerOf(at), summary: text, content: text },
  }
}
