'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { Cell, ColumnHeader, Row, RowGroup, Table } from '@/components/ui/table'
import { saveFile } from '@/lib/client/files/save-file'
import { type NoteCode, noteOf } from '@/lib/domain/diagnosis/notes'
import type { DiagnosisReport, EndpointReport, Understood } from '@/lib/domain/diagnosis/report'
import {
  answersOf,
  endpointTitle,
  listedAsText,
  summaryOf,
  timeOf,
  UNDERSTOOD,
  VERDICTS,
} from '@/lib/domain/diagnosis/wording'

const TONES: Record<Understood, 'good' | 'warn' | 'plain'> = { yes: 'good', partly: 'warn', no: 'warn', none: 'plain' }

const GRID = 'grid gap-x-4 px-4 max-sm:px-3 sm:grid-cols-[minmax(0,1fr)_9rem_12rem_9rem]'

function Notes({ codes }: { codes: readonly NoteCode[] }) {
  return (
    <ul className="mt-1 grid gap-1 text-ink-2 empty:hidden">
      {codes.map((code) => {
        const { text, isLimit } = noteOf(code)
        return (
          <li key={code} className="flex flex-wrap items-baseline gap-x-2">
            {isLimit && <Badge tone="warn">Limit</Badge>}
            <span className="min-w-0">{text}</span>
          </li>
        )
      })}
    </ul>
  )
}

function Shapes({ endpoint }: { endpoint: EndpointReport }) {
  return (
    <details className="mt-1">
      <summary className="w-fit rounded-control text-ink-2 max-sm:py-2.5">Fields and types</summary>
      {endpoint.answers.map(({ status, shape }) => (
        <p key={status} className="mt-1 rounded-control bg-sunken p-2 text-sm">
          <span className="font-medium">{`${status}: `}</span>
          <code translate="no" className="wrap-anywhere">
            {shape}
          </code>
        </p>
      ))}
    </details>
  )
}

function EndpointRow({ endpoint }: { endpoint: EndpointReport }) {
  const { understood, notes, asked, answers } = endpoint
  const listedAs = listedAsText(endpoint)
  const small = (name: string, text: string) => (
    <Cell className="tabular-nums max-sm:mt-1">
      <span className="text-ink-2 sm:hidden">{`${name}: `}</span>
      <span>{text}</span>
    </Cell>
  )
  return (
    <Row className={`${GRID} border-b border-line py-2.5 last:border-b-0`}>
      <Cell className="min-w-0">
        <code translate="no" className="font-medium wrap-anywhere">
          {endpointTitle(endpoint)}
        </code>
        <Notes codes={notes} />
        {listedAs && <p className="mt-1 text-ink-2">{listedAs}</p>}
        {answers.length > 0 && <Shapes endpoint={endpoint} />}
      </Cell>
      {small('Answers', asked > 0 ? answersOf(endpoint) : '–')}
      {small('Time', timeOf(endpoint))}
      <Cell className="max-sm:mt-1">
        <Badge tone={TONES[understood]}>{UNDERSTOOD[understood]}</Badge>
      </Cell>
    </Row>
  )
}

export function DiagnosisResult({ report }: { report: DiagnosisReport }) {
  const { verdict, notes, endpoints } = report
  const { title, next } = VERDICTS[verdict]
  const json = () => `${JSON.stringify(report, null, 2)}\n`
  const save = () => saveFile(new Blob([json()], { type: 'application/json' }), 'numberdesk-diagnosis.json')
  return (
    <div className="grid gap-4">
      <Notice tone={verdict === 'ready' ? 'info' : 'warn'}>
        <h3 className="font-semibold">{title}</h3>
        <p>{next}</p>
      </Notice>
      <div>
        <p>{summaryOf(report)}</p>
        <Notes codes={notes} />
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={json} said="Copied the report.">
          Copy report
        </CopyButton>
        <Button onClick={save}>Save report</Button>
      </div>
      <Table aria-label="Diagnosis" className="rounded-panel border border-line">
        <RowGroup className="rounded-t-panel border-b border-line bg-sunken max-sm:hidden">
          <Row className={`${GRID} min-h-8 items-center text-sm text-ink-2`}>
            <ColumnHeader className="font-medium">Asked</ColumnHeader>
            <ColumnHeader className="font-medium">Answers</ColumnHeader>
            <ColumnHeader className="font-medium">Time</ColumnHeader>
            <ColumnHeader className="font-medium">Understood</ColumnHeader>
          </Row>
        </RowGroup>
        <RowGroup>
          {endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.name} endpoint={endpoint} />
          ))}
        </RowGroup>
      </Table>
    </div>
  )
}
