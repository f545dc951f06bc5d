'use client'

import type { ComponentProps } from 'react'
import { Button } from './button'
import { usePressGuard } from './use-press-guard'

interface IrreversibleButtonProps extends Omit<ComponentProps<typeof Button>, 'type' | 'children'> {
  /** What a press confirms besides the label: the number, the rows, the batch. */
  confirms: string
  children: string
}

/**
 * For what cannot be undone. It takes no press until it has been painted for 700 ms, and none that began before that; a
 * new label, a new `confirms` and the end of `busy` begin the time anew. Enter in a field of its form never presses it.
 */
export function IrreversibleButton({
  confirms,
  busy = false,
  blocked = false,
  children,
  ...rest
}: IrreversibleButtonProps) {
  const { painted, ...guard } = usePressGuard(`${busy} ${children} ${confirms}`, busy || blocked)
  return (
    <Button {...rest} {...guard} busy={busy} blocked={blocked || !painted}>
      {children}
    </Button>
  )
}
