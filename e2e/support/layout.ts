import { expect, type Page } from '@playwright/test'

/**
 * The page does not scroll sideways, no text of a button, link, heading or field is cut off, and no two of them overlap.
 * It polls because the list is positioned one frame after its rows' sizes have changed.
 */
export async function expectSoundLayout(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(layoutDefects)).toEqual([])
}

function layoutDefects(): string[] {
  const lost: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) lost.push(`the page is ${root.scrollWidth} of ${root.clientWidth} px wide`)
  const scope = document.querySelector('[role$=dialog]') ?? document.body
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}”`
  const all = [...scope.querySelectorAll('h1, h2, h3, p, li, button, a, input, textarea, summary, dt, dd, [role=cell]')]
  const seen = all.filter((element) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  })
  for (const element of [scope, ...scope.querySelectorAll('*')]) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    if (scrolls && element.scrollWidth > element.clientWidth + 1 && !element.matches('textarea, input'))
      lost.push(`${name(element)} scrolls sideways: ${element.scrollWidth} of ${element.clientWidth} px`)
  }
  for (const element of seen) {
    const { left, right } = element.getBoundingClientRect()
    if (left < -1 || right > root.clientWidth + 1) lost.push(`${name(element)} leaves the window: ${left} to ${right}`)
    // Customers' names may end in an ellipsis; the number's page has them in full.
    const dots = getComputedStyle(element).textOverflow === 'ellipsis'
    const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
    if (cut && !dots && element.clientWidth > 0 && !element.matches('textarea, input, [role=cell]:has(button)'))
      lost.push(`${name(element)} is cut off`)
  }
  // Fixed and sticky elements cover what scrolls below them, by design.
  const flows = seen.filter((element) => {
    for (let at: Element | null = element; at && at !== scope; at = at.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return false
    return element.matches('h1, h2, h3, button, a, input, textarea, summary, dt, dd')
  })
  /** The part that no scrolling ancestor hides. */
  const shown = (element: Element) => {
    let { left, right, top, bottom } = element.getBoundingClientRect()
    for (let at = element.parentElement; at && at !== scope; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === 'visible') continue
      const frame = at.getBoundingClientRect()
      left = Math.max(left, frame.left)
      right = Math.min(right, frame.right)
      top = Math.max(top, frame.top)
      bottom = Math.min(bottom, frame.bottom)
    }
    return { left, right, top, bottom }
  }
  // Icons and buttons lie on their field by design.
  const FIELD = 'label, .relative:not([role=rowgroup])'
  flows.forEach((one, index) => {
    const a = shown(one)
    for (const other of flows.slice(index + 1)) {
      const field = one.closest(FIELD)
      if (one.contains(other) || other.contains(one) || (field && field === other.closest(FIELD))) continue
      const b = shown(other)
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide > 2 && high > 2) lost.push(`${name(one)} and ${name(other)} lie on each other`)
    }
  })
  return lost
}
