export function contentSecurityPolicy(nonce: string, { development }: { development: boolean }): string {
  // React's development build needs `eval`.
  const scripts = `'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ''}`
  return [
    `default-src 'none'`,
    `script-src ${scripts}`,
    development ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `worker-src 'self'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
