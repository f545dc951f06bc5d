'use client'

import { useMutation } from '@tanstack/react-query'
import { ApiProblem, NoAnswer } from '@/lib/client/fetch/api'
import { saveFile } from '@/lib/client/files/save-file'
import { useToast } from './toast'

export interface Exported {
  /** The file's name without its ending. */
  name: string
  /** A CSV file, from the server or made here. */
  csv: () => Response | Promise<Response>
}

const FAILED = 'The file could not be made. Check the connection and try again.'

/** Saves a CSV file as it is, or its cells as a spreadsheet, whose code is fetched when it is first wanted. */
export function useExport() {
  const toast = useToast()
  const { mutate } = useMutation({
    mutationFn: async ({ name, csv, format }: Exported & { format: 'csv' | 'xlsx' }) => {
      const file = `${name}.${format}`
      toast(`Preparing ${file}.`)
      const answer = await csv()
      if (format === 'csv') saveFile(await answer.blob(), file)
      else {
        const { xlsxOf } = await import('@/lib/client/files/xlsx')
        saveFile(await xlsxOf(answer.body ?? new Blob().stream()), file)
      }
      return file
    },
    onSuccess: (file) => toast(`Exported ${file}.`),
    onError: (error) =>
      toast(error instanceof ApiProblem || error instanceof NoAnswer ? error.message : FAILED, 'failure'),
  })
  return mutate
}
