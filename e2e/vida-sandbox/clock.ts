/** Timers that end together, so that a closed or reset sandbox does nothing late. */
export class Clock {
  private readonly timers = new Set<NodeJS.Timeout>()

  later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      then()
    }, ms)
    this.timers.add(timer)
  }

  /** Never resolves once the clock is stopped. */
  sleep(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => this.later(ms, resolve))
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
  }
}
