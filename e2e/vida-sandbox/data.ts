import type { Role } from './tokens.ts'
import type { Use } from './uses.ts'

export type NodeKind = 'administrator' | 'partner' | 'reseller' | 'organization' | 'account' | 'user'

export interface AccountNode {
  id: string
  kind: NodeKind
  parentId: string | null
  name: string
  active: boolean
  /** Unix seconds. */
  canceledAt: number | null
  canceledReason: string | null
}

/** A number as one account holds it. `number` is E.164. */
export interface HeldNumber {
  number: string
  country: string | null
  label: string
  provider: string
  smsEnabled: boolean
}

export class UnknownId extends Error {}

export class SandboxData {
  readonly identities: Readonly<Record<Role, { node: string; scope: string }>>
  private readonly nodes = new Map<string, AccountNode>()
  private readonly children = new Map<string, AccountNode[]>()
  private readonly held = new Map<string, HeldNumber[]>()
  private readonly accounts = new Map<string, Set<string>>()
  private readonly uses = new Map<string, Use[]>()
  private readonly invented = new Map<string, AccountNode>()

  /** `identities`: for each role its node, and the node below which its token works. */
  constructor(identities: Record<Role, { node: string; scope: string }>) {
    this.identities = identities
  }

  add(node: AccountNode): void {
    this.nodes.set(node.id, node)
    if (node.parentId === null) return
    const siblings = this.children.get(node.parentId)
    if (siblings) siblings.push(node)
    else this.children.set(node.parentId, [node])
  }

  invent(node: AccountNode): void {
    this.invented.set(node.id, node)
  }

  find(id: string): AccountNode | undefined {
    return this.nodes.get(id) ?? this.invented.get(id)
  }

  all(): AccountNode[] {
    return [...this.nodes.values()]
  }

  childrenOf(id: string, kind: NodeKind): AccountNode[] {
    return (this.children.get(id) ?? []).filter((node) => node.kind === kind)
  }

  nearest(node: AccountNode, kind: NodeKind): AccountNode | undefined {
    let at: AccountNode | undefined = node
    while (at && at.kind !== kind) at = at.parentId === null ? undefined : this.find(at.parentId)
    return at
  }

  isWithin(id: string, scopeId: string): boolean {
    let at = this.find(id)
    while (at && at.id !== scopeId) at = at.parentId === null ? undefined : this.find(at.parentId)
    return at !== undefined
  }

  numbersOf(id: string): readonly HeldNumber[] {
    return this.held.get(id) ?? []
  }

  accountsHolding(number: string, scopeId: string): string[] {
    return [...(this.accounts.get(number) ?? [])].filter((id) => this.isWithin(id, scopeId))
  }

  allNumbers(): { number: string; accountId: string }[] {
    return [...this.held].flatMap(([accountId, numbers]) => numbers.map(({ number }) => ({ number, accountId })))
  }

  usesOf(id: string): readonly Use[] {
    return this.uses.get(id) ?? []
  }

  use(accountId: string, uses: Use[]): void {
    if (!this.nodes.has(accountId)) throw new UnknownId(`no account ${accountId}`)
    this.uses.set(accountId, [...this.usesOf(accountId), ...uses])
  }

  give(accountId: string, held: HeldNumber): void {
    if (!this.nodes.has(accountId)) throw new UnknownId(`no account ${accountId}`)
    const accounts = this.accounts.get(held.number) ?? new Set<string>()
    if (accounts.has(accountId)) throw new UnknownId(`account ${accountId} holds ${held.number} already`)
    this.accounts.set(held.number, accounts.add(accountId))
    const numbers = this.held.get(accountId)
    if (numbers) numbers.push(held)
    else this.held.set(accountId, [held])
  }

  take(accountId: string, number: string): HeldNumber {
    const numbers = this.held.get(accountId) ?? []
    const index = numbers.findIndex((held) => held.number === number)
    const [taken] = index < 0 ? [] : numbers.splice(index, 1)
    if (!taken) throw new UnknownId(`account ${accountId} does not hold ${number}`)
    const accounts = this.accounts.get(number)
    accounts?.delete(accountId)
    if (accounts?.size === 0) this.accounts.delete(number)
    return taken
  }
}
