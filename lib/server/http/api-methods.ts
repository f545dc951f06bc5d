const READ = ['GET', 'HEAD']
const WRITE = ['POST']
const ALL = ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']

/** `*` is an id. To a method that a route lacks Next answers without body and `Allow`, so the request guard does. */
export const API_METHODS: Readonly<Record<string, readonly string[]>> = {
  '/api/batches': [...READ, ...WRITE],
  '/api/batches/*': READ,
  '/api/batches/*/continue': WRITE,
  '/api/batches/*/stop': WRITE,
  '/api/diagnosis': WRITE,
  '/api/health': READ,
  '/api/inventory': READ,
  '/api/inventory/dismiss': WRITE,
  '/api/inventory/seen': READ,
  '/api/metrics': READ,
  '/api/numbers': READ,
  '/api/numbers/parse': WRITE,
  '/api/numbers/parse-list': WRITE,
  '/api/numbers/return': WRITE,
  '/api/protections': [...READ, ...WRITE],
  '/api/protections/*/lift': WRITE,
  '/api/returns': READ,
  '/api/returns/*': READ,
  '/api/returns/*/check': WRITE,
  '/api/returns/*/notes': WRITE,
  '/api/returns/*/undo': WRITE,
  '/api/returns/*/mark': WRITE,
  '/api/returns/choices': READ,
  '/api/returns/latest': WRITE,
  '/api/returns/marks': READ,
  '/api/returns/report': READ,
  '/api/settings': READ,
  '/api/settings/prices': ['PUT'],
  '/api/settings/reasons': ['PUT'],
  '/api/session': [...READ, ...WRITE, 'DELETE'],
}

/** Every method for a path of no route, which Next answers with 404. */
export function apiMethods(path: string): readonly string[] {
  return API_METHODS[path] ?? API_METHODS[path.replace(/^(\/api\/\w+\/)[^/]+/, '$1*')] ?? ALL
}
