import { expect, it } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy'

it('lets scripts and styles run by nonce alone, and nothing from elsewhere', () => {
  const policy = contentSecurityPolicy('n0nce', { development: false })
  expect(policy).toContain(`script-src 'self' 'nonce-n0nce';`)
  expect(policy).toContain(`style-src 'self' 'nonce-n0nce';`)
  expect(policy).toContain(`worker-src 'self';`)
  for (const directive of ['default-src', 'object-src', 'base-uri', 'frame-ancestors'])
    expect(policy).toContain(`${directive} 'none'`)
  expect(policy).not.toMatch(/unsafe|\*|https?:|ws:/)
})

it('opens what development needs, and nothing else', () => {
  const policy = contentSecurityPolicy('n0nce', { development: true })
  expect(policy).toContain(`'unsafe-eval'`)
  expect(policy.match(/script-src[^;]*/)?.[0]).not.toContain('unsafe-inline')
})
