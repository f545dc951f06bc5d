import { Banner } from './banner'

export function ReadOnlyBanner() {
  return (
    <Banner label="Read-only" title="Read-only.">
      <span> Nothing can be returned while READ_ONLY=1 is set.</span>
    </Banner>
  )
}
