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

/** Copies a text and says so. False: the browser did not allow it. */
export function useCopy() {
  const toast = useToast()
  return async (text: string, said: string) => {
    try {
      await navigator.clipboard.writeText(text)
      toast(said)
      return true
    } catch {
      toast('The browser did not allow copying.', 'failure')
      return false
    }
  }
}

export function CopyButton({ text, said, children, ...rest }: CopyButtonProps) {
  const copy = useCopy()
  const [copied, setCopied] = useState(false)
  const press = async () => {
    if (!(await copy(text(), said))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <Button {...rest} onClick={press}>
      {copied ? <Icon name="check" /> : <Icon name="copy" />}
      {children && <span>{children}</span>}
    </Button>
  )
}
