'use client'

import { type ComponentProps, useState } from 'react'
import { Button } from './button'
import { Icon } from './icon'
import { useToast } from './toast'

interface CopyButtonProps extends Omit<ComponentProps<typeof Button>, 'onClick' | 'children'> {
  /** Called on a press, because the text may be long. */
  text: () => string
  /** Announced when it is copied, as a sentence. */
  said: string
  children?: string
}

export function CopyButton({ text, said, children, ...rest }: CopyButtonProps) {
  const toast = useToast()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
    } catch {
      toast('The browser did not allow copying.', 'failure')
      return
    }
    toast(said)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <Button {...rest} onClick={copy}>
      {copied ? <Icon name="check" /> : <Icon name="copy" />}
      {children && <span>{children}</span>}
    </Button>
  )
}
