import type { ComponentProps } from 'react'
import { Field } from '@/components/ui/field'

type FieldProps = Omit<ComponentProps<typeof Field>, 'label' | 'inputMode' | 'autoComplete'>

export function LastFourField(props: FieldProps) {
  return <Field {...props} label="Last four digits" inputMode="numeric" autoComplete="off" />
}

export function isLastFour(typed: string, number: string): boolean {
  return typed.trim() === number.slice(-4)
}

export function notTheLastFour(number: string): string {
  return `These are not the last four digits of ${number}.`
}

/** In the confirmation of a number that was used in the last 7 days. */
export function UsedNumberField({ number, value, ...rest }: FieldProps & { number: string; value: string }) {
  const wrong = value.trim().length >= 4 && !isLastFour(value, number)
  return (
    <LastFourField
      {...rest}
      value={value}
      hint="The number was used in the last 7 days. Type them to confirm that you mean it."
      error={wrong ? notTheLastFour(number) : null}
    />
  )
}
