import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { API_METHODS } from './api-methods'

it('lists each route of the API with the methods that it exports', () => {
  const routes = globSync('app/api/**/route.ts').filter((file) => !file.includes('[...path]'))
  const exported = routes.map((file) => {
    const source = readFileSync(file, 'utf8')
    const methods = [...source.matchAll(/^export (?:const|async function) ([A-Z]+)\b/gm)].map(([, method]) => method)
    const taken = methods.includes('GET') ? ['HEAD', ...methods] : methods
    const path = `/${file.replace(/^app\/|\/route\.ts$/g, '').replace(/\[\w+\]/g, '*')}`
    return [path, [...new Set(taken)].sort()]
  })
  const listed = Object.entries(API_METHODS).map(([path, methods]) => [path, [...methods].sort()])
  expect(Object.fromEntries(exported)).toEqual(Object.fromEntries(listed))
})
