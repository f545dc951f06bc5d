/** Ids of controls of the toolbar. */
export const SEARCH_ID = 'search-numbers'
export const FILTER_IDS = { organization: 'filter-organization', country: 'filter-country' }
