'use client'

import { useQuery } from '@tanstack/react-query'
import { SelectField } from '@/components/ui/select-field'
import { settingsQuery } from '@/lib/client/queries/settings'
import { DEFAULT_REASONS } from '@/lib/domain/returns/reasons'
import { useSignedIn } from './account-context'

interface ReasonFieldProps {
  value: string
  disabled?: boolean
  onChange: (reason: string) => void
}

/** Whether a confirmation still lacks a reason that this installation demands. */
export function useReasonMissing(reason: string): boolean {
  return useSignedIn().reasonRequired && reason === ''
}

/** Begins empty for each confirmation: the last reason may be wrong for another number. */
export function ReasonField({ value, disabled, onChange }: ReasonFieldProps) {
  const { reasonRequired } = useSignedIn()
  const { data, error } = useQuery(settingsQuery)
  const reasons = data?.reasons ?? (error ? DEFAULT_REASONS : [])
  return (
    <SelectField
      label="Reason"
      none={reasonRequired ? 'Choose a reason' : 'No reason given'}
      choices={value === '' || reasons.includes(value) ? reasons : [value, ...reasons]}
      required={reasonRequired}
      disabled={disabled}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
