import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type Plan, refuse } from './request.ts'

const recording = z.object({
  format: z.literal(1),
  answers: z.array(
    z.object({
      path: z.string(),
      query: z.record(z.string(), z.string()),
      status: z.number(),
      body: z.unknown().optional(),
    }),
  ),
})

/** Answers as they were recorded (`npm run doctor -- --record`); what was not asked then is refused. */
export interface Replay {
  answerTo: (method: string, path: string, query: URLSearchParams) => Plan
}

export const NOT_RECORDED = 'not recorded'

/** @throws where the folder holds no recording */
export function readReplay(folder: string): Replay {
  const { answers } = recording.parse(JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')))
  const byQuestion = new Map(answers.map((answer) => [questionOf(answer.path, Object.entries(answer.query)), answer]))
  return {
    answerTo: (method, path, query) => {
      // Logs are asked for up to now, which is another time at each reading.
      const asked = [...query].filter(([name]) => !['token', 'start', 'end'].includes(name))
      const answer = method === 'GET' ? byQuestion.get(questionOf(path, asked)) : undefined
      return answer ? { status: answer.status, body: answer.body } : refuse(404, NOT_RECORDED)
    },
  }
}

function questionOf(path: string, query: readonly (readonly [string, string])[]): string {
  return JSON.stringify([path, query.toSorted(([one], [other]) => (one < other ? -1 : 1))])
}
