import type { ServerResponse } from 'node:http'
import { Clock } from './clock.ts'
import { Connections } from './connections.ts'
import type { SandboxData } from './data.ts'
import { defaultData } from './data-default.ts'
import { sizedData } from './data-sized.ts'
import { Faults } from './faults.ts'
import { Log } from './log.ts'
import { type Behaviour, behaviourOf, type SandboxOptions } from './options.ts'
import { type Replay, readReplay } from './replay.ts'

export class Core {
  data: SandboxData
  behaviour: Behaviour
  replay: Replay | null
  faults = new Faults()
  readonly log = new Log()
  readonly clock = new Clock()
  readonly connections = new Connections()
  readonly open = new Set<ServerResponse>()
  private readonly started: SandboxOptions

  constructor(started: SandboxOptions) {
    this.started = started
    this.data = dataOf(started)
    this.replay = replayOf(started)
    this.behaviour = behaviourOf(started)
  }

  /** As at the start, with `changes` to its options; requests in progress are cut off. */
  reset(changes: SandboxOptions): void {
    const options = { ...this.started, ...changes }
    const data = dataOf(options)
    this.cutOff()
    this.data = data
    this.log.clear()
    this.replay = replayOf(options)
    this.behaviour = behaviourOf(options)
  }

  configure(change: Partial<Behaviour>): void {
    this.behaviour = { ...this.behaviour, ...change }
  }

  cutOff(): void {
    this.clock.stop()
    // A new one: to clear the old one would let what waits go on.
    this.faults = new Faults()
    for (const response of this.open) response.socket?.destroy()
  }
}

function replayOf({ replay }: SandboxOptions): Replay | null {
  return replay === undefined ? null : readReplay(replay)
}

function dataOf({ size }: SandboxOptions): SandboxData {
  return size ? sizedData(size) : defaultData()
}
