import type { ReactNode } from 'react'

interface IconProps {
  className?: string
}

function Icon({ className = 'size-4', children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      {children}
    </svg>
  )
}

export function SearchIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3" />
    </Icon>
  )
}
export function CloseIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m4 4 8 8m0-8-8 8" />
    </Icon>
  )
}
export function ChevronIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m6 4 4 4-4 4" />
    </Icon>
  )
}
export function UpIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 13V3m0 0L4 7m4-4 4 4" />
    </Icon>
  )
}
export function CopyIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" />
    </Icon>
  )
}
export function CheckIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="m3 8.5 3.5 3.5L13 4.5" />
    </Icon>
  )
}
export function RefreshIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M13.5 3v3.5H10m3.2 0A5.5 5.5 0 1 0 13.5 9" />
    </Icon>
  )
}
export function MoreIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3 8h.01M8 8h.01M13 8h.01" strokeWidth="2.5" />
    </Icon>
  )
}
export function WarnIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 6v3m0 2.5v.01M7.1 2.6 1.6 12a1 1 0 0 0 .9 1.5h11a1 1 0 0 0 .9-1.5L8.9 2.6a1 1 0 0 0-1.8 0Z" />
    </Icon>
  )
}
export function InfoIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 7.5V11M8 5v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z" />
    </Icon>
  )
}
/** Turned as a whole: a turning path would be painted anew for each frame, on the page's own thread. */
export function SpinnerIcon() {
  return (
    <Icon className="spinner size-4">
      <path d="M14 8a6 6 0 1 1-6-6" />
    </Icon>
  )
}
