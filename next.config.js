/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  experimental: {
    // The tests' servers answer few routes each.
    ...(process.env.PRELOAD_ROUTES === '0' && { preloadEntriesOnStart: false }),
    // Few, large scripts: brotli takes them 5 % smaller than many.
    turbopackChunking: { requestCost: 5_000_000, minChunkSize: 1_000_000, maxMergeChunkSize: 5_000_000 },
  },
  serverExternalPackages: ['pg', 'pino', 'prom-client'],
  // `npm run types` checks them.
  typescript: { ignoreBuildErrors: true },
}

export default config
