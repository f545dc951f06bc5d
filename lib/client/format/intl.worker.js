// Run as a worker by `format.ts`; the browser gets it as it stands here. ICU's tables, once read, serve every thread.
new Intl.NumberFormat()
new Intl.PluralRules('en')
new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
new Intl.DisplayNames('en', { type: 'region' })
new Intl.RelativeTimeFormat('en')
new Intl.Collator()
self.close()
