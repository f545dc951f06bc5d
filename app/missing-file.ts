/**
 * Runs before the page's own scripts, any of which may be missing: after an upgrade, on another instance. It reloads the
 * page once if that was found while it loaded, and otherwise says so with a button.
 */
export const MISSING_FILE_SCRIPT = `(() => {
  const reloaded = performance.getEntriesByType('navigation')[0]?.type === 'reload'
  let noticed = false
  const show = () => {
    const notice = document.createElement('div')
    notice.setAttribute('role', 'alert')
    notice.className = 'fixed inset-x-0 bottom-0 z-50 flex flex-wrap items-center justify-center gap-3 border-t border-line bg-surface px-4 py-3 text-ink shadow-lg print:hidden'
    const text = document.createElement('p')
    text.textContent = 'A part of this page could not be loaded. The app may have a new version.'
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'min-h-11 rounded-control bg-accent px-4 font-medium text-accent-ink'
    button.textContent = 'Reload'
    button.addEventListener('click', () => location.reload())
    notice.append(text, button)
    document.body.append(notice)
  }
  addEventListener('error', ({ target }) => {
    const url = target instanceof HTMLScriptElement ? target.src : target instanceof HTMLLinkElement ? target.href : ''
    if (noticed || !url.startsWith(location.origin + '/_next/static/')) return
    noticed = true
    if (document.readyState === 'complete') show()
    else if (reloaded) addEventListener('load', show)
    else location.reload()
  }, true)
})()`
