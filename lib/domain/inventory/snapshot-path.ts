/** Where the page asks for the stored inventory; without one, the answer is `null`, because a browser logs every 404. */
export const SNAPSHOT_PATH = '/api/inventory?none=null'
