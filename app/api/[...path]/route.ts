import { Problem, problemResponse } from '@/lib/server/http/problem'

/** Problem+json for unknown paths below `/api`, in place of Next's page. */
const nothing = () => problemResponse(new Problem('not_found'))

export { nothing as DELETE, nothing as GET, nothing as OPTIONS, nothing as PATCH, nothing as POST, nothing as PUT }
