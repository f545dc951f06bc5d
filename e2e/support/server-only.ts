// The package `server-only` throws outside React Server Components; unit tests run in plain Node.
export {}
