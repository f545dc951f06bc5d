import type { ComponentProps } from 'react'

/** What belongs together and is no form. */
export function Group({ label, ...rest }: { label: string } & ComponentProps<'div'>) {
  // biome-ignore lint/a11y/useSemanticElements: a fieldset neither wraps nor shrinks its content like a box
  return <div {...rest} role="group" aria-label={label} />
}
