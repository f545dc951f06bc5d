import { registerHooks } from 'node:module'

// Lets plain Node run the app's modules in a process of their own: `@/…`, imports without extension, `server-only`.
const ROOT = new URL('../../', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'server-only') return { url: 'data:text/javascript,', shortCircuit: true }
    const own = specifier.startsWith('@/') ? ROOT + specifier.slice(2) : specifier
    const inside = own.startsWith(ROOT) || (own.startsWith('.') && !context.parentURL?.includes('/node_modules/'))
    return next(inside && !/\.\w+$/.test(own) ? `${own}.ts` : own, context)
  },
})
