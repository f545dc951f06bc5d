/** Header in which a request carries its client's address from the request guard to the routes; never taken from outside. */
export const CLIENT_HEADER = 'x-numberdesk-client'
