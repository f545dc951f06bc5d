import { Problem, problemResponse } from '@/lib/server/http/problem'

/** What no other route answers: an error as everywhere under `/api`, and not the page that Next would draw. */
const nothing = () => problemResponse(new Problem('not_found'))

export { nothing as DELETE, nothing as GET, nothing as OPTIONS, nothing as PATCH, nothing as POST, nothing as PUT }
