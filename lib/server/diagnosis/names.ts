import 'server-only'

/**
 * A field's name may be a value (an id, a customer), so only names made of these words are shown: those of Vida's
 * documents and those that APIs use.
 */
const WORDS = new Set(
  `access account accounts active address admin agent agents ai all amount api area assigned attachment attachments attributes
  available balance billing body business bypass bypassed call caller calling calls campaign can canceled cancelled
  capabilities capability carrier chat city cnam code codes collection company contact content contents context conversation
  convo count country created currency current cursor customer customers data date deactivated deleted description detail
  details dialog direction disabled display diversion docs duration edges email enabled end entries entry error errors event
  events expires external features fields filter first flag flags forced format formatted friendly from full gift has hits id
  identifier ids inactive inbound inbox index info is item items kind label language last lead level limit line lines link
  links list lists live locality location log logs main member members message messages meta metadata method missed mms mobile
  mode modified more msisdn name names national new next no node nodes note notes notify number numbering numbers object
  objects of offset ok on order org organization organizations orgs outbound outcome override owner page pages pagination
  paging paid parent parents partner partners payload per permission permissions permitted phone phones plan plans prefix
  premium prev previous price primary product profile provider providers purchased quantity query rate rating reason record
  recording records reference region released rental reply requested reseller resellers response result results return
  returned reward role roles room row rows schema scope search self service services set settings short single site size sms
  sort source sources spam start state status sub subscribed subscription success suite summary super supplier suspended tag
  tags target tenant text texts time timestamp timezone title to token total totals type types unassigned updated url user
  username users uuid value values verified version vida voice voicemail with zip zone`.split(/\s+/),
)

const LONGEST = 40

/** Null: it may be a value. One digit may end a name (`address2`). */
export function shownName(name: string): string | null {
  if (name.length > LONGEST || !/^[A-Za-z][A-Za-z_-]*\d?$/.test(name)) return null
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []
  return words.length > 0 && words.every((word) => WORDS.has(word.toLowerCase())) ? name : null
}

export const OTHER = '(other name)'

export function nameOrOther(name: string): string {
  return shownName(name) ?? OTHER
}
