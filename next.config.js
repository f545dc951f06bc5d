/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  // It would go on after the app is ready; lib/server/warm-up.ts is done before.
  experimental: { preloadEntriesOnStart: false },
  serverExternalPackages: ['pg', 'pino', 'prom-client'],
  // `npm run types` checks them.
  typescript: { ignoreBuildErrors: true },
}

export default config
