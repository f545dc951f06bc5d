import { type RefObject, useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '@/components/ui/button'
import { controlClass } from '@/components/ui/field'
import { plural } from '@/lib/client/format/format'
import type { ListCheck } from './use-list-check'

/** Characters of a text that is kept out of the field: drawing thousands of lines takes the browser a second. */
const LONG = 4_000

const TYPES = '.csv,.tsv,.txt,.xlsx'

interface CheckSourceProps {
  list: ListCheck
  field: RefObject<HTMLTextAreaElement | null>
}

export function CheckSource({ list, field }: CheckSourceProps) {
  const id = useId()
  const backToField = () => {
    flushSync(list.removeSource)
    field.current?.focus()
  }
  return (
    <>
      {list.source === null ? (
        <>
          <label htmlFor={id} className="font-medium">
            Numbers
          </label>
          <textarea
            ref={field}
            id={id}
            rows={list.checked ? 3 : 8}
            spellCheck={false}
            value={list.text}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain')
              if (pasted.length < LONG || list.text.trim() !== '') return
              event.preventDefault()
              list.checkPasted(pasted)
            }}
            onChange={({ target, nativeEvent }) => {
              list.write(target.value)
              const isPaste = nativeEvent instanceof InputEvent && nativeEvent.inputType === 'insertFromPaste'
              if (isPaste && target.value.trim() !== '') list.checkText(target.value)
            }}
            className={`${controlClass} py-2 tabular-nums`}
          />
        </>
      ) : (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <bdi className="font-medium wrap-anywhere">{list.source}</bdi>
          <span className="text-ink-2">{list.checked && plural(list.checked.table.length, 'row')}</span>
          <Button size="small" onClick={backToField}>
            Remove
          </Button>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FileButton list={list} />
        <ColumnSelect list={list} />
        {!list.checked && (
          <p className="min-w-0 grow basis-64 text-sm text-ink-3">
            Up to 5,000 numbers, with the country code or as the list shows them. Cells of a spreadsheet can be pasted,
            or a CSV or XLSX file dropped here. Nothing is sent to Vida: they are only compared with the list.
          </p>
        )}
      </div>
    </>
  )
}

function FileButton({ list }: { list: ListCheck }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        aria-label="File"
        tabIndex={-1}
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) list.checkFile(file)
          // The same file can be chosen again.
          target.value = ''
        }}
      />
    </>
  )
}

function ColumnSelect({ list: { checked, chooseColumn } }: { list: ListCheck }) {
  const id = useId()
  if (!checked || checked.names.length < 2) return null
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="font-medium">
        Column
      </label>
      <select
        id={id}
        value={checked.column}
        onChange={({ target }) => chooseColumn(Number(target.value))}
        className={controlClass}
      >
        {checked.names.map((name, column) => (
          <option key={name} value={column}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
