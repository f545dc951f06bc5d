import { Problem, problemResponse } from '@/lib/server/http/problem'

const nothing = () => problemResponse(new Problem('not_found'))

export { nothing as DELETE, nothing as GET, nothing as OPTIONS, nothing as PATCH, nothing as POST, nothing as PUT }
