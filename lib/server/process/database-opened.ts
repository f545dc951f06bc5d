import { shared } from './shared.ts'

/**
 * Next does not wait for instrumentation.ts before it says that it is prepared; the server does, by this promise. Its
 * value closes the database, which only Next's bundle has.
 */
export const databaseOpened = () => shared('database-opened', () => Promise.withResolvers<() => Promise<void>>())
