import 'server-only'
import type { NoteCode } from '@/lib/domain/diagnosis/notes'
import type { DiagnosisReport, EndpointName, EndpointReport, Understood } from '@/lib/domain/diagnosis/report'
import { verdictOf } from '@/lib/domain/diagnosis/verdict'
import type { NumberList, VidaClient } from '@/lib/server/vida/client'
import { parseNumbersPage } from '@/lib/server/vida/numbers'
import type { Observer } from '@/lib/server/vida/reader'
import type { UseEntries } from '@/lib/server/vida/use'
import { notesOfLists } from './listed'
import { nameOrOther } from './names'
import { Probe } from './probe'
import { Watch } from './watch'

const LIMIT_MS = 60_000

interface Options {
  /** Whether the API is Vida's own, not a sandbox. */
  isProduction: boolean
  signal?: AbortSignal | undefined
  onCall?: (calls: number) => void
}

/**
 * Reads a little of everything below an account and reports what Vida does and how the app understood it. What Vida
 * does never makes it fail. @param connect gives the client that is observed @throws AbortError
 */
export async function diagnose(
  connect: (observer: Observer) => VidaClient,
  { isProduction, signal, onCall = () => {} }: Options,
): Promise<DiagnosisReport> {
  const startedAt = Date.now()
  const watch = new Watch(onCall)
  const limit = AbortSignal.timeout(LIMIT_MS)
  const probe = new Probe(connect(watch), watch, signal ? AbortSignal.any([signal, limit]) : limit)
  await probe.run()
  signal?.throwIfAborted()
  const endpoints = await endpointsOf(probe, watch)
  const notes = generalNotes(probe, watch, limit.aborted)
  return {
    format: 1,
    version: process.env.npm_package_version ?? null,
    askedAt: new Date(startedAt).toISOString(),
    isProduction,
    verdict: verdictOf(endpoints, notes),
    role: probe.caller?.role ?? null,
    calls: watch.calls,
    seconds: Math.ceil((Date.now() - startedAt) / 1000),
    notes,
    endpoints,
  }
}

const ENDPOINTS: readonly EndpointName[] = [
  'caller',
  'resellers',
  'organizations',
  'accounts',
  'numbers',
  'account',
  'messages',
  'logs',
]
const LEVELS = { resellers: 'reseller', organizations: 'organization', accounts: 'account' } as const

async function endpointsOf(probe: Probe, watch: Watch): Promise<EndpointReport[]> {
  const reports: EndpointReport[] = []
  for (const name of ENDPOINTS) {
    const notes = new Set([...(await notesOf(name, probe, watch)), ...probe.readings[name].failed])
    const seen = watch.seen(name)
    const listedAs = probe.unknownNameOf(seen.path)?.split('.').map(nameOrOther).join('.') ?? null
    reports.push({ ...seen, listedAs, understood: understoodOf(name, probe), notes: [...notes] })
  }
  return reports
}

function understoodOf(name: EndpointName, probe: Probe): Understood {
  const { understood, failed } = probe.readings[name]
  if (failed.length === 0) return understood > 0 ? 'yes' : 'none'
  if (failed.every((code) => code === 'use_not_offered')) return understood > 0 ? 'partly' : 'none'
  const hasOtherWay = failed.every((code) => code === 'not_offered') && hasMainNumbers(probe)
  return understood > 0 || hasOtherWay ? 'partly' : 'no'
}

function hasMainNumbers({ accounts }: Probe): boolean {
  return accounts.some(({ mainNumber }) => mainNumber !== undefined)
}

async function notesOf(name: EndpointName, probe: Probe, watch: Watch): Promise<NoteCode[]> {
  if (name === 'caller') return notesOfCaller(probe)
  if (name === 'numbers') return notesOfNumbers(probe, watch)
  if (name === 'messages' || name === 'logs') return notesOfUse(probe.uses[name])
  if (name === 'account') return []
  const notes = await notesOfLists(watch.of(name), LEVELS[name])
  return notes.length === 0 && probe.readings[name].understood > 0 ? ['empty_list'] : notes
}

function notesOfCaller({ caller, roleWasFound }: Probe): NoteCode[] {
  if (!caller) return []
  if (roleWasFound) return ['role_found']
  const { role, root } = caller
  return [role === 'unknown' ? 'role_unknown' : 'role_stated', ...(root ? [] : (['root_unknown'] as const))]
}

async function notesOfNumbers(probe: Probe, watch: Watch): Promise<NoteCode[]> {
  const lists = [...probe.numberLists.values()]
  const notes: NoteCode[] = []
  const held = lists.filter((list) => lengthOf(list) > 0)
  if (held.some(({ isProof }) => !isProof)) notes.push('numbers_unproved')
  else if (held.length > 0) notes.push((await arePaged(probe, watch)) ? 'numbers_paged' : 'numbers_whole')
  else if (lists.length > 0) notes.push('numbers_unseen')
  if (held.some(({ odd }) => odd.length > 0)) notes.push('odd_entries')
  const isOffered = lists.length > 0 || !probe.readings.numbers.failed.includes('not_offered')
  if (!isOffered && !hasMainNumbers(probe)) notes.push('numbers_nowhere')
  return notes
}

function notesOfUse(lists: readonly UseEntries[]): NoteCode[] {
  if (lists.some(({ entries }) => entries.length > 0)) return ['use_told']
  if (lists.some(({ foreign }) => foreign > 0)) return ['use_foreign']
  return lists.length > 0 ? ['use_empty'] : []
}

function lengthOf({ numbers, odd }: NumberList): number {
  return numbers.length + odd.length
}

/** Whether a list has more than its first answer. */
async function arePaged({ numberLists }: Probe, watch: Watch): Promise<boolean> {
  for (const { query, status, value } of watch.of('numbers')) {
    const list = numberLists.get(query.targetAccountId ?? '')
    if (list && status === 200 && query.page === undefined) {
      if ((await parseNumbersPage(value)).length < lengthOf(list)) return true
    }
  }
  return false
}

function generalNotes({ caller, readings, hasLongList }: Probe, watch: Watch, isLate: boolean): NoteCode[] {
  const notes: NoteCode[] = []
  const refused = watch.refusedForRate()
  if (refused.length === 0) notes.push('no_rate_limit')
  else notes.push(refused.every(({ saysWhen }) => saysWhen) ? 'rate_limit_says_when' : 'rate_limit')
  if (hasLongList) notes.push('long_list')
  if (isLate || watch.wasFull) notes.push('stopped_early')
  const { resellers, organizations, accounts, numbers } = readings
  const hasFailed = [resellers, organizations, accounts, numbers].some(({ failed }) => failed.length > 0)
  if (caller?.root && numbers.understood === 0 && !hasFailed) notes.push('nothing_below')
  return notes
}
