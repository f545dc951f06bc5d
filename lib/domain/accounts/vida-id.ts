/** Nothing else gets into a URL. */
export function isVidaId(text: string): boolean {
  return text !== '0' && /^[A-Za-z0-9._~:@|+=-]{1,64}$/.test(text)
}
