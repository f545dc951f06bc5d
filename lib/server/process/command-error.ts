/** What a person who runs a command did wrong, as a sentence for them. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
