const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** Regions that Intl names and that are no country. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'])

export interface PriceChoice {
  value: string
  label: string
}

const byLabel = (a: PriceChoice, b: PriceChoice) => a.label.localeCompare(b.label, 'en')

export function currencyChoices(): PriceChoice[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} – ${names.of(code)}` }))
}

/** Intl has no list of countries; it knows the name of each, and the code that replaced an old one. */
export function countryChoices(): PriceChoice[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const isCurrent = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && isCurrent(code))
    .flatMap((code) => ({ value: code, label: names.of(code) ?? '' }))
    .filter(({ label }) => label !== '')
    .sort(byLabel)
}
