import type { Role } from '@/lib/domain/session/account'
import type { NoteCode } from './notes'

export type EndpointName =
  | 'caller'
  | 'resellers'
  | 'organizations'
  | 'accounts'
  | 'numbers'
  | 'account'
  | 'messages'
  | 'logs'

/** `none`: it is not needed below this account, is not offered and can be missing, or nothing led to it. */
export type Understood = 'yes' | 'partly' | 'no' | 'none'

export interface EndpointReport {
  name: EndpointName
  path: string
  asked: number
  /** By status; what is missing of `asked` was not answered. `shape`: the names and types of the fields. */
  answers: { status: number; count: number; shape: string }[]
  /** Milliseconds. */
  ms: { median: number; longest: number } | null
  /** The name of the list where it is one that the app did not expect. */
  listedAs: string | null
  understood: Understood
  notes: NoteCode[]
}

export type Verdict = 'ready' | 'limited' | 'not_understood'

/** What a diagnosis may show to anybody: no value of any answer, and no token. */
export interface DiagnosisReport {
  format: 1
  version: string | null
  /** ISO 8601, UTC. */
  askedAt: string
  isProduction: boolean
  verdict: Verdict
  role: Role | null
  calls: number
  seconds: number
  notes: NoteCode[]
  endpoints: EndpointReport[]
}

/** A line of the answer to `POST /api/diagnosis`. */
export type DiagnosisEvent =
  | { type: 'progress'; calls: number; most: number }
  | { type: 'report'; report: DiagnosisReport }
  | { type: 'problem'; code: string; detail: string }
