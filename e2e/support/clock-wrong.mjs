// For an app under test: a clock that is CLOCK_AHEAD_MS ahead.
const RightDate = Date
const ahead = Number(process.env.CLOCK_AHEAD_MS)
globalThis.Date = class extends RightDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RightDate.now() + ahead] : parts))
  }
  static now() {
    return RightDate.now() + ahead
  }
}
