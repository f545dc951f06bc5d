/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No image is resized here, so the endpoint that fetches what a query names is closed.
  images: { unoptimized: true },
  serverExternalPackages: ['pg'],
}

export default config
