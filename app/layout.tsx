import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { EnvironmentBanner } from '@/components/shell/environment-banner'
import { Providers } from '@/components/shell/providers'
import { THEME_COOKIE, themeOf } from '@/components/shell/theme'
import { settings } from '@/lib/server/config/current'
import { storedWord } from '@/lib/server/session/stored-word'
import { inter, interExtended } from './fonts'
import { MISSING_FILE_SCRIPT } from './missing-file'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Numberdesk', template: '%s · Numberdesk' },
  description: 'Every phone number below your Vida account, and a safe way to return them.',
  robots: { index: false, follow: false },
  manifest: '/manifest.webmanifest',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#121818' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Makes every page dynamic: a prerendered page would have no nonce and could run no script.
  const nonce = (await headers()).get('x-nonce')
  const theme = themeOf(await storedWord(THEME_COOKIE))
  const { vidaIsProduction, vidaBaseUrl } = settings()
  return (
    <html
      lang="en"
      data-theme={theme}
      // Read by `global-error`, which has no access to the server.
      data-vida={vidaIsProduction ? undefined : vidaBaseUrl}
      className={`${inter.variable} ${interExtended.variable}`}
    >
      <head>
        <script nonce={nonce ?? undefined} suppressHydrationWarning>
          {MISSING_FILE_SCRIPT}
        </script>
      </head>
      <body className="min-h-dvh">
        {!vidaIsProduction && <EnvironmentBanner baseUrl={vidaBaseUrl} />}
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
