'use client'

import { type ComponentProps, useState } from 'react'
import { Button } from './button'
import { CheckIcon, CopyIcon } from './icons'

interface CopyButtonProps extends Omit<ComponentProps<typeof Button>, 'onClick' | 'children'> {
  /** Made when pressed: a long text is not built in vain. */
  text: () => string
  /** Told what happened, to announce it. */
  onCopied: (ok: boolean) => void
  children?: string
}

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({ text, onCopied, children, ...rest }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      onCopied(false)
      return
    }
    onCopied(true)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <Button {...rest} onClick={copy}>
      {copied ? <CheckIcon /> : <CopyIcon />}
      {children}
    </Button>
  )
}
