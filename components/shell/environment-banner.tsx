import { Banner } from './banner'

export function EnvironmentBanner({ baseUrl }: { baseUrl: string }) {
  return (
    <Banner label="Environment" title="This is not production.">
      <span>{' Vida API: '}</span>
      <span className="sm:break-all">{baseUrl}</span>
    </Banner>
  )
}
