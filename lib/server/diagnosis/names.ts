import 'server-only'

/**
 * A field's name may be a value (an id, a customer), so only names made of these words are shown: those of Vida's
 * documents and those that APIs use.
 */
const WORDS = new Set(
  `access account accounts active address agent agents all amount api area assigned attributes available balance billing body
  business call caller calls can canceled cancelled capabilities capability carrier city code codes collection company contact
  content contents context count country created currency current cursor customer customers data date deactivated deleted
  description detail details direction disabled display docs duration edges email enabled end entries entry error errors
  event events expires external features fields filter first flag flags format formatted friendly full has hits id identifier
  ids inactive inbound index info is item items kind label language last level limit line lines link links list lists locality
  location main member members message messages meta metadata method mms mobile mode modified more msisdn name names national
  new next no node nodes note notes number numbering numbers object objects of offset ok on order org organization
  organizations orgs outbound owner page pages pagination paging paid parent parents partner partners payload per permission
  permissions permitted phone phones plan plans prefix premium previous prev price primary product profile provider providers
  purchased quantity query reason record records reference region released rental requested reseller resellers response
  result results return returned role roles row rows schema scope search service services set settings short single site size
  sms sort sources source start state status sub subscribed subscription success suite super supplier suspended tag tags
  target tenant text texts time timestamp timezone title to token total totals type types unassigned updated url user username
  users uuid value values verified version vida voice with zip zone admin`.split(/\s+/),
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
