/** Browsers take `__Host-` only over https, and only from this very host; over http the name stays plain. */
export function cookieName(name: string, { https }: { https: boolean }): string {
  return https ? `__Host-${name}` : name
}
