'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { inSlices } from '@/lib/client/fetch/in-slices'
import { type ReadTable, readFile, readText } from '@/lib/client/files/read-table'
import { postLatestReturns, postList } from '@/lib/client/queries/batches'
import {
  asPicked,
  type CheckedLine,
  type CheckSources,
  entriesOf,
  type ListEntry,
  unlistedIn,
} from '@/lib/domain/batches/check'
import { columnOf, columnText } from '@/lib/domain/batches/table'
import type { PastedEntry } from '@/lib/domain/text/phone'

export interface Checked extends ReadTable, Pick<CheckSources, 'latest'> {
  /** Differs for each reading of a text, a file or a column; corrections leave it. */
  reading: object
  entries: readonly ListEntry[]
  /** There are more entries than the server reads. */
  more: boolean
}

/** Numbers of one request; an entry may have several meanings. */
const MOST_LOOKED_UP = 5_000

const NONE: ReadonlySet<number> = new Set()

type Sources = Pick<CheckSources, 'inventory'>

async function latestOf(entries: readonly PastedEntry[], sources: Sources): Promise<CheckSources['latest']> {
  const unlisted = await inSlices(unlistedIn(entries, sources))
  return postLatestReturns([...new Set(unlisted.flat())].slice(0, MOST_LOOKED_UP))
}

async function checkColumn(read: ReadTable, sources: Sources): Promise<Checked> {
  const column = columnOf(read.table, read.column)
  const { entries, more } = await postList(columnText(column))
  return { ...read, reading: {}, entries: entriesOf(column, entries), latest: await latestOf(entries, sources), more }
}

interface Correction extends Pick<Checked, 'latest'> {
  entries: readonly PastedEntry[]
}

async function readCorrection(text: string, sources: Sources): Promise<Correction> {
  const { entries } = await postList(text.replace(/[\r\n]+/g, ' '))
  return { entries, latest: await latestOf(entries, sources) }
}

function withCorrection(checked: Checked, id: number, { entries, latest }: Correction): Checked {
  const nextId = Math.max(...checked.entries.map((entry) => entry.id)) + 1
  const anew = (line: number) =>
    entries.map((entry, index) => ({ ...entry, line, id: index === 0 ? id : nextId + index }))
  return {
    ...checked,
    entries: checked.entries.flatMap((entry) => (entry.id === id && entries.length > 0 ? anew(entry.line) : [entry])),
    latest: new Map([...checked.latest, ...latest]),
  }
}

/** The correction of one line. `onCorrected`: takes what the server read of it. */
function useCorrection(sources: Sources, onCorrected: (id: number, result: Correction) => void) {
  const [editing, setEditing] = useState<number | null>(null)
  /** The line that was corrected last: it has the focus, and stays on screen whatever is filtered. */
  const [corrected, setCorrected] = useState<number | null>(null)
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: (typed: string) => readCorrection(typed, sources),
  })
  const stopEditing = () => {
    reset()
    setEditing(null)
    setCorrected(editing)
  }
  return {
    editing,
    corrected,
    setCorrected,
    isPending,
    error,
    reset: () => {
      reset()
      setEditing(null)
    },
    edit: (id: number) => {
      reset()
      setEditing(id)
    },
    stopEditing,
    correct: (id: number, typed: string) => {
      if (isPending) return
      if (typed.trim() === '') return stopEditing()
      mutate(typed, {
        onSuccess: (result) => {
          onCorrected(id, result)
          setEditing(null)
        },
      })
    },
  }
}

/** A text or a file, what the server read in it, and its lines' corrections. */
export function useListCheck(sources: Sources) {
  const [text, setText] = useState('')
  /** What is checked in place of the text. */
  const [source, setSource] = useState<string | null>(null)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [toggled, setToggled] = useState<ReadonlySet<number>>(NONE)
  const check = useMutation({ mutationFn: (read: () => Promise<Checked>) => read() })
  const take = (read: () => Promise<Checked>, name = source, onError = () => {}) =>
    check.mutate(read, {
      onError,
      onSuccess: (result) => {
        setChecked(result)
        setSource(name)
        correction.reset()
        correction.setCorrected(null)
        setToggled(NONE)
      },
    })
  const change = (id: number, step: (before: Checked) => Checked) => {
    const reading = checked?.reading
    // Ids begin anew with each reading.
    setChecked((before) => (before?.reading === reading && before ? step(before) : before))
    setToggled((before) => before.difference(new Set([id])))
    correction.setCorrected(id)
  }
  const correction = useCorrection(sources, (id, result) => change(id, (before) => withCorrection(before, id, result)))
  const forget = () => {
    check.reset()
    correction.reset()
    setChecked(null)
  }
  return {
    text,
    source,
    checked,
    editing: correction.editing,
    corrected: correction.corrected,
    busy: check.isPending,
    error: check.error,
    correcting: correction.isPending,
    correctionError: correction.error,
    write: (next: string) => {
      setText(next)
      forget()
    },
    removeSource: () => {
      setSource(null)
      forget()
    },
    checkText: (asked = text) => take(async () => checkColumn(await readText(asked), sources), null),
    /** A pasted text that is too long for the field, which gets it only if it can't be checked. */
    checkPasted: (pasted: string) =>
      take(
        async () => checkColumn(await readText(pasted), sources),
        'Pasted text',
        () => setText(pasted),
      ),
    checkFile: (file: File) => take(async () => checkColumn(await readFile(file), sources), file.name),
    chooseColumn: (column: number) => checked && take(() => checkColumn({ ...checked, column }, sources)),
    edit: correction.edit,
    stopEditing: correction.stopEditing,
    correct: correction.correct,
    pick: (id: number, number: string) => {
      change(id, (before) => ({
        ...before,
        entries: before.entries.map((entry) => (entry.id === id ? asPicked(entry, number) : entry)),
      }))
    },
    toggle: (id: number) => setToggled((before) => before.symmetricDifference(new Set([id]))),
    /** Who names an extension may not mean all of the number. */
    isChosen: ({ id, status, canBeChosen }: CheckedLine) => canBeChosen && (status === 'held') !== toggled.has(id),
  }
}

export type ListCheck = ReturnType<typeof useListCheck>
