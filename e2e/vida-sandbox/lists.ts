import type { AccountNode, NodeKind, SandboxData } from './data.ts'
import { accountObject } from './present.ts'
import { type ApiRequest, type Plan, refuse, type State, targetOf } from './request.ts'
import { listBody, type Page } from './shapes.ts'
import { shuffled } from './shuffled.ts'

export function list(kind: NodeKind, parentKind: NodeKind, parameter: string) {
  return (request: ApiRequest, state: State): Plan => {
    if (!request.query.get(parameter)) return refuse(400, `${parameter} is required`)
    const found = targetOf(request, state.data, parameter)
    if ('status' in found) return found
    if (found.node.kind !== parentKind) return refuse(404, `${parameter} is not a ${parentKind}`)
    const nodes = wanted(request, state, state.data.childrenOf(found.node.id, kind))
    const page = pageOf(request, state, nodes, () => inventor(state.data, kind, found.node.id))
    if ('status' in page) return page
    const shape = request.variant.listShape ?? state.behaviour.listShape
    return { status: 200, body: listBody(shape, `${kind}s`, page) }
  }
}

function wanted({ query, variant }: ApiRequest, { behaviour }: State, nodes: AccountNode[]): AccountNode[] {
  const hidesInactive = variant.hidesInactive ?? behaviour.hidesInactive
  const active = query.get('active') ?? (hidesInactive ? 'true' : null)
  return active === null ? nodes : nodes.filter((node) => String(node.active) === active)
}

type Invent = (index: number) => AccountNode

function pageOf(request: ApiRequest, state: State, nodes: AccountNode[], invent: () => Invent): Page | Plan {
  const { query, variant } = request
  const { data, behaviour } = state
  const items = (some: AccountNode[]) => some.map((node) => accountObject(data, behaviour, node))
  if (query.get('pagination') !== 'true') {
    return { items: items(nodes), total: nodes.length, pageSize: nodes.length, pageNumber: 0 }
  }
  const pageNumber = Number(query.get('page') ?? 0)
  const wanted = Number(query.get('pageSize') ?? 20)
  if (!Number.isSafeInteger(pageNumber) || pageNumber < 0) return refuse(400, 'page is a number from 0')
  if (!Number.isSafeInteger(wanted) || wanted < 1) return refuse(400, 'pageSize is a number from 1')
  const pageSize = Math.min(wanted, behaviour.pageSizeCap ?? wanted)
  const start = variant.paging === 'repeating' ? 0 : pageNumber * pageSize
  const isShuffled = variant.paging === 'shuffled'
  const real = (isShuffled ? shuffled(nodes, request.seed) : nodes).slice(start, start + pageSize)
  if (variant.paging !== 'endless') {
    return { items: items(real), total: isShuffled ? null : nodes.length, pageSize, pageNumber }
  }
  const make = invent()
  const made = Array.from({ length: pageSize - real.length }, (_, index) => make(start + real.length + index))
  return { items: items([...real, ...made]), total: null, pageSize, pageNumber }
}

/** Invents active nodes without numbers, the same ones each time a page is asked for. */
function inventor(data: SandboxData, kind: NodeKind, parentId: string): Invent {
  return (index) => {
    const id = String(900_000_000_000 + Number(parentId) * 100_000 + index)
    const made = data.find(id)
    if (made) return made
    const node = { id, kind, parentId, name: `Made up ${index}`, active: true, canceledAt: null, canceledReason: null }
    data.invent(node)
    return node
  }
}
