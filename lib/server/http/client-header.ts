/** Carries the client's address from the request guard to the routes; removed from what comes in. */
export const CLIENT_HEADER = 'x-numberdesk-client'
