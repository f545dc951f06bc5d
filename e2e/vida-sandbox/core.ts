import type { ServerResponse } from 'node:http'
import { Clock } from './clock.ts'
import { Connections } from './connections.ts'
import { Faults } from './faults.ts'
import { Log } from './log.ts'
import { type Behaviour, behaviourOf, type SandboxOptions } from './options.ts'
import type { World } from './world.ts'
import { defaultWorld } from './world-default.ts'
import { sizedWorld } from './world-sized.ts'

/** Everything a sandbox knows, whoever asks: the Vida API, the control interface, the process around it. */
export class Core {
  world: World
  behaviour: Behaviour
  readonly faults = new Faults()
  readonly log: Log
  readonly clock = new Clock()
  readonly connections = new Connections()
  /** Answers of the Vida API under way. */
  readonly open = new Set<ServerResponse>()
  private readonly started: SandboxOptions
  private jitterState = 1

  constructor(started: SandboxOptions) {
    this.started = started
    this.world = worldOf(started)
    this.behaviour = behaviourOf(started)
    this.log = new Log(this.behaviour.logLimit)
  }

  /** As at the start, with `changes` to its options; requests under way are cut off. */
  reset(changes: SandboxOptions): void {
    const options = { ...this.started, ...changes }
    const world = worldOf(options)
    this.cutOff()
    this.world = world
    this.faults.clear()
    this.log.clear()
    this.jitterState = 1
    this.configure(behaviourOf(options))
  }

  configure(change: Partial<Behaviour>): void {
    this.behaviour = { ...this.behaviour, ...change }
    this.log.limit = this.behaviour.logLimit
  }

  /** Ends every answer, late work and delay under way. */
  cutOff(): void {
    this.clock.stop()
    for (const response of this.open) response.socket?.destroy()
  }

  /** How long this answer takes, in ms. */
  latency(): number {
    const { latencyMs, jitterMs } = this.behaviour
    // A linear congruential sequence: the same jitter in every run.
    this.jitterState = (this.jitterState * 48_271) % 2_147_483_647
    return latencyMs + (jitterMs * this.jitterState) / 2_147_483_647
  }
}

function worldOf({ size }: SandboxOptions): World {
  return size ? sizedWorld(size) : defaultWorld()
}
