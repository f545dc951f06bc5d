'use client'

import { storedText } from './local-text'

/** The name that was typed at the last sign-in in this browser. */
export const { read: storedOperator, store: storeOperator } = storedText('numberdesk-operator')
