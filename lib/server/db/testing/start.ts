import { openAtStart } from '@/lib/server/db/open-at-start'

// What Next does before the first request.
await openAtStart()
process.stdout.write('started\n')
process.exit(0)
