/** Heights that were measured to differ, px, by the line's key. */
export type Heights = ReadonlyMap<string, number>

export interface Lines<Line> {
  lines: readonly Line[]
  keyOf: (line: Line) => string
  /** What a line is as high as, px, unless it was measured to be otherwise. */
  heightOf: (line: Line) => number
}

/** Where each line begins below the list's top, px, and at last where the list ends. */
export function startsOf<Line>({ lines, keyOf, heightOf }: Lines<Line>, measured: Heights): Float64Array {
  const starts = new Float64Array(lines.length + 1)
  let [index, top] = [0, 0]
  for (const line of lines) {
    top += (measured.size > 0 && measured.get(keyOf(line))) || heightOf(line)
    index += 1
    starts[index] = top
  }
  return starts
}

/** The last line that begins at or above a place. */
export function lineAt(starts: Float64Array, place: number): number {
  let [low, high] = [0, Math.max(0, starts.length - 2)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= place) low = middle
    else high = middle - 1
  }
  return low
}
