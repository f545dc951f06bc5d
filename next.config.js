/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  // The tests' servers answer few routes each.
  experimental: { preloadEntriesOnStart: process.env.PRELOAD_ROUTES !== '0' },
  serverExternalPackages: ['pg', 'pino', 'prom-client'],
  // `npm run types` checks them.
  typescript: { ignoreBuildErrors: true },
}

export default config
