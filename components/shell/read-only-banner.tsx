import { Banner } from './banner'

export function ReadOnlyBanner() {
  return (
    <Banner label="Read-only" title="Read-only.">
      <span> Nothing can be returned (READ_ONLY=1).</span>
    </Banner>
  )
}
