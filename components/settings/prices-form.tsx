'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconButton } from '@/components/ui/button'
import { controlClass, Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { putPrices } from '@/lib/client/queries/settings'
import { PRICE, type Prices } from '@/lib/domain/settings/prices'
import { countryChoices, currencyChoices, type PriceChoice } from './price-choices'

const NO_PRICE = 'A price is a number such as 2.50.'
const isPrice = (text: string) => PRICE.test(text.trim())

interface ChoiceProps {
  label: string
  value: string
  choices: readonly PriceChoice[]
  /** Nothing is chosen, and something must be. */
  lacking: boolean
  onChange: (value: string) => void
}

function Choice({ label, value, choices, lacking, onChange }: ChoiceProps) {
  const id = useId()
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-invalid={lacking || undefined}
        onChange={({ target }) => onChange(target.value)}
        className={controlClass}
      >
        <option value="">Choose</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}

interface Other {
  key: number
  country: string
  price: string
}

function othersOf(prices: Prices | null): Other[] {
  return Object.entries(prices?.byCountry ?? {}).map(([country, price], key) => ({ key, country, price }))
}

const GRID = 'grid max-w-xl grid-cols-[minmax(0,1fr)_8rem_auto] items-start gap-3'

/** @param prices what is set; null: nothing */
export function PricesForm({ prices }: { prices: Prices | null }) {
  const client = useQueryClient()
  const toast = useToast()
  const [currency, setCurrency] = useState(prices?.currency ?? 'USD')
  const [price, setPrice] = useState(prices?.price ?? '')
  const [others, setOthers] = useState(() => othersOf(prices))
  const [tried, setTried] = useState(false)
  const [currencies] = useState(currencyChoices)
  const [countries] = useState(countryChoices)
  const form = useRef<HTMLFormElement>(null)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wanted: Prices | null) => putPrices(client, wanted),
    onSuccess: (_settings, wanted) => {
      toast(wanted ? 'The price was saved.' : 'The price was removed.')
      if (wanted) return
      setPrice('')
      setOthers([])
      setTried(false)
    },
  })
  const change = (key: number, part: Partial<Other>) =>
    setOthers(others.map((other) => (other.key === key ? { ...other, ...part } : other)))
  const stated = others.filter((other) => other.country !== '' || other.price.trim() !== '')
  const save = (event: FormEvent) => {
    event.preventDefault()
    flushSync(() => setTried(true))
    const isWhole = currency !== '' && isPrice(price) && stated.every((each) => each.country && isPrice(each.price))
    if (!isWhole) return form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    const byCountry = Object.fromEntries(stated.map((each) => [each.country, each.price.trim()]))
    mutate({ currency, price: price.trim(), byCountry })
  }
  const priceError = (text: string) => (tried && !isPrice(text) ? NO_PRICE : null)
  return (
    <form ref={form} onSubmit={save} noValidate className="grid gap-3">
      <div className={GRID}>
        <Choice
          label="Currency"
          value={currency}
          choices={currencies}
          lacking={tried && currency === ''}
          onChange={setCurrency}
        />
        <Field
          label="Price a month"
          inputMode="decimal"
          autoComplete="off"
          value={price}
          error={priceError(price)}
          onChange={({ target }) => setPrice(target.value)}
        />
      </div>
      {others.map(({ key, country, price: own }, index) => (
        <div key={key} className={GRID}>
          <Choice
            label={`Country ${index + 1}`}
            value={country}
            choices={countries.filter(
              ({ value }) => value === country || others.every((each) => each.country !== value),
            )}
            lacking={tried && country === '' && own.trim() !== ''}
            onChange={(value) => change(key, { country: value })}
          />
          <Field
            label={`Its price ${index + 1}`}
            inputMode="decimal"
            autoComplete="off"
            value={own}
            error={country === '' && own.trim() === '' ? null : priceError(own)}
            onChange={({ target }) => change(key, { price: target.value })}
          />
          <IconButton
            label={`Remove country ${index + 1}`}
            className="mt-7"
            onClick={() => setOthers(others.filter((other) => other.key !== key))}
          >
            <Icon name="close" />
          </IconButton>
        </div>
      ))}
      {error && (
        <Notice tone="warn" alert>
          <p>{error.message}</p>
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isPending}>
          Save price
        </Button>
        <Button
          onClick={() =>
            setOthers([...others, { key: Math.max(0, ...others.map(({ key }) => key + 1)), country: '', price: '' }])
          }
        >
          Add a country
        </Button>
        {prices && (
          <Button variant="ghost" blocked={isPending} onClick={() => mutate(null)}>
            Remove price
          </Button>
        )}
      </div>
    </form>
  )
}
