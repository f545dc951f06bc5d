import 'server-only'
import { Counter, Histogram, Registry } from 'prom-client'
import { shared } from './shared'

/** What this process has done since it began. */
export const metrics = () => shared('metrics', make)

function make() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    vidaSeconds: new Histogram({
      name: 'numberdesk_vida_request_seconds',
      help: 'Calls to Vida, until the last byte of the answer. status: of HTTP, or what went wrong.',
      labelNames: ['method', 'endpoint', 'status'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30],
      registers,
    }),
    scanSeconds: new Histogram({
      name: 'numberdesk_scan_seconds',
      help: 'Readings of the list, or of a part of it.',
      labelNames: ['scope', 'outcome'],
      buckets: [0.5, 1, 2.5, 5, 15, 60, 300, 900],
      registers,
    }),
    returnSteps: new Counter({
      name: 'numberdesk_return_steps_total',
      help: 'Steps of returns, as in their receipts.',
      labelNames: ['outcome', 'how'],
      registers,
    }),
  }
}
