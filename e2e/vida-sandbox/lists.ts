import { accountObject } from './present.ts'
import { type ApiRequest, type Plan, refuse, type State, targetOf } from './request.ts'
import { listBody, type Page } from './shapes.ts'
import type { AccountNode, NodeKind, World } from './world.ts'

/** The list call for one kind of node below one kind of parent, named by a required parameter. */
export function list(kind: NodeKind, parentKind: NodeKind, parameter: string) {
  return (request: ApiRequest, state: State): Plan => {
    if (!request.query.get(parameter)) return refuse(400, `${parameter} is required`)
    const found = targetOf(request, state.world, parameter)
    if ('status' in found) return found
    if (found.node.kind !== parentKind) return refuse(404, `${parameter} is not a ${parentKind}`)
    const nodes = activeOnes(request, state, state.world.childrenOf(found.node.id, kind))
    const page = pageOf(request, state, nodes, () => inventor(state.world, kind, found.node.id))
    if ('status' in page) return page
    const shape = request.twist.listShape ?? state.behaviour.listShape
    return { status: 200, body: listBody(shape, `${kind}s`, page) }
  }
}

/** Everything of one `accountType` below the token; the one list whose answer is documented. */
export function searchAccounts(request: ApiRequest, state: State): Plan {
  const kind = request.query.get('accountType')
  if (!kind) return refuse(400, 'accountType is required')
  const found = targetOf(request, state.world, 'targetAccountId')
  if ('status' in found) return found
  const text = (request.query.get('queryText') ?? '').toLowerCase()
  const canceled = request.query.get('canceled')
  const nodes = state.world
    .all()
    .filter((node) => node.kind === kind && state.world.isWithin(node.id, found.node.id))
    .filter((node) => canceled === null || String(node.canceledAt !== null) === canceled)
    .filter((node) => text === '' || matches(state.world, node, text))
  const page = pageOf(request, state, activeOnes(request, state, nodes))
  return 'status' in page ? page : { status: 200, body: listBody('accounts', 'accounts', page) }
}

function matches(world: World, node: AccountNode, text: string): boolean {
  return node.name.toLowerCase().includes(text) || world.numbersOf(node.id).some((held) => held.number.includes(text))
}

function activeOnes({ query }: ApiRequest, { behaviour }: State, nodes: AccountNode[]): AccountNode[] {
  const asked = query.get('active') ?? (behaviour.hideInactive ? 'true' : null)
  return asked === null ? nodes : nodes.filter((node) => String(node.active) === asked)
}

type Invent = (index: number) => AccountNode

function pageOf(request: ApiRequest, state: State, nodes: AccountNode[], invent?: () => Invent): Page | Plan {
  const { query, twist } = request
  const { world, behaviour } = state
  const items = (some: AccountNode[]) => some.map((node) => accountObject(world, behaviour, node))
  if (query.get('pagination') !== 'true') {
    return { items: items(nodes), total: nodes.length, pageSize: nodes.length, pageNumber: 0 }
  }
  const pageNumber = Number(query.get('page') ?? 0)
  const wanted = Number(query.get('pageSize') ?? 20)
  if (!Number.isSafeInteger(pageNumber) || pageNumber < 0) return refuse(400, 'page is a number from 0')
  if (!Number.isSafeInteger(wanted) || wanted < 1) return refuse(400, 'pageSize is a number from 1')
  const pageSize = Math.min(wanted, behaviour.pageSizeCap ?? wanted)
  const start = twist.paging === 'repeating' ? 0 : pageNumber * pageSize
  const real = nodes.slice(start, start + pageSize)
  if (twist.paging !== 'endless' || !invent) {
    return { items: items(real), total: nodes.length, pageSize, pageNumber }
  }
  const make = invent()
  const made = Array.from({ length: pageSize - real.length }, (_, index) => make(start + real.length + index))
  return { items: items([...real, ...made]), total: null, pageSize, pageNumber }
}

/** Makes up active nodes without numbers, the same ones whenever a page is asked for again. */
function inventor(world: World, kind: NodeKind, parentId: string): Invent {
  return (index) => {
    const id = String(900_000_000_000 + Number(parentId) * 100_000 + index)
    const made = world.find(id)
    if (made) return made
    const node = { id, kind, parentId, name: `Made up ${index}`, active: true, canceledAt: null, canceledReason: null }
    world.invent(node)
    return node
  }
}
