/** Runs in the page: times an input until its result is painted. In a file of its own because it is sent as text. */

export interface BenchWindow extends Window {
  bench: {
    /** Once nothing changes by itself, begins to wait for the next such event, and for a change of the list. */
    arm: (event: 'keydown' | 'click' | 'change') => Promise<void>
    /** ms from that event until the change was painted; null without a change in time. */
    result: () => Promise<number | null>
    /** Until `stop`: the longest time without a row in the middle of the screen, and the most row elements. */
    watchRows: () => { stop: () => { blankMs: number; mostRows: number; frames: number; slowestFrameMs: number } }
  }
}

export function install(): void {
  const page = window as unknown as BenchWindow
  const LIMIT_MS = 3_000
  const rows = () => document.querySelectorAll('[role=row][data-index]')
  // The last is a row of AG Grid.
  const texts = () => [...document.querySelectorAll('[role=row][data-index], .ag-row')].map((row) => row.textContent)
  const shown = () => {
    const table = document.querySelector('[role=table]')
    const found = document.querySelector('[role=listbox]')?.textContent
    return [found, table?.getAttribute('aria-rowcount'), ...texts()].join(' ')
  }
  const afterPaint = (then: () => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = then
    port2.postMessage(null)
  }

  let result: Promise<number | null> = Promise.resolve(null)
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const arm: BenchWindow['bench']['arm'] = async (type) => {
    // What the event before it changed may be painted in several steps.
    let [earlier, before] = ['', shown()]
    while (earlier !== before) {
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: LIMIT_MS }))
      await frame()
      await frame()
      ;[earlier, before] = [before, shown()]
    }
    const armedAt = performance.now()
    let begunAt = Number.NaN
    window.addEventListener(type, ({ timeStamp }) => (begunAt = timeStamp), { capture: true, once: true })
    result = new Promise((resolve) => {
      const look = () => {
        if (shown() !== before) return afterPaint(() => resolve(performance.now() - begunAt))
        if (performance.now() - armedAt > LIMIT_MS) return resolve(null)
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
  }

  const watchRows: BenchWindow['bench']['watchRows'] = () => {
    let [blankMs, mostRows, frames, slowestFrameMs] = [0, 0, 0, 0]
    let [blankSince, last, going] = [0, performance.now(), true]
    const look = () => {
      if (!going) return
      afterPaint(() => {
        const now = performance.now()
        frames += 1
        slowestFrameMs = Math.max(slowestFrameMs, now - last)
        last = now
        mostRows = Math.max(mostRows, rows().length)
        const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
        if (middle?.closest('[role=row][data-index]')) blankSince = 0
        else blankSince ||= now
        if (blankSince) blankMs = Math.max(blankMs, now - blankSince)
      })
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    const stop = () => {
      going = false
      return { blankMs, mostRows, frames, slowestFrameMs }
    }
    return { stop }
  }

  const { fetch: send } = window
  window.fetch = (input, init) => {
    if (/\/api\/numbers$/.test(input instanceof Request ? input.url : String(input))) performance.mark('list-asked')
    return send(input, init)
  }

  page.bench = { arm, result: () => result, watchRows }
  // `first-rows` is when rows are on screen for the first time.
  const first = () => {
    if (rows().length === 0) return requestAnimationFrame(first)
    afterPaint(() => performance.mark('first-rows'))
  }
  requestAnimationFrame(first)
}
