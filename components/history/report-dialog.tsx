'use client'

import { useQuery } from '@tanstack/react-query'
import { MOST_PRINTED, Printed } from '@/components/inventory/printed'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { ExportButton } from '@/components/ui/export-button'
import { NotLoaded } from '@/components/ui/not-loaded'
import { formatAbroad, isoDay } from '@/lib/client/format/format'
import { fetchReportCsv, readReport, reportQuery } from '@/lib/client/queries/report'
import type { ReturnsFilter } from '@/lib/client/queries/returns'
import { filterWording, usePrintWhole } from './history-print'
import { ReportTables } from './report-tables'

interface ReportDialogProps {
  filter: ReturnsFilter
  onClose: () => void
}

/** What the filters of History find, for who must account for it. */
export default function ReportDialog({ filter, onClose }: ReportDialogProps) {
  const { data, error, isFetching, refetch } = useQuery(reportQuery(filter))
  const { whole, printWhole } = usePrintWhole(() => readReport(filter, MOST_PRINTED))
  const shown = whole ?? data
  const chosen = filterWording(filter)
  return (
    <Dialog wide open onClose={onClose} title="Report of returns">
      <div className="grid grow content-start gap-4 px-5 pt-2">
        <p className="wrap-break-word text-ink-2">{chosen}</p>
        {data ? (
          <div className="[&_table]:text-sm [&_table]:leading-normal">
            <ReportTables {...data} />
          </div>
        ) : (
          <NotLoaded what="report" error={error} busy={isFetching} onRetry={refetch} />
        )}
        {shown && (
          <Printed
            paper={() => ({
              title: 'Report of returns',
              about: [chosen, `As of ${formatAbroad(shown.report.asOf)}`],
              content: <ReportTables {...shown} />,
            })}
          />
        )}
      </div>
      <DialogActions>
        {data && (
          <ExportButton
            file={() => ({ name: `report-${isoDay(new Date())}`, csv: () => fetchReportCsv(filter) })}
            print={printWhole}
          />
        )}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}
