interface NameWithIdProps {
  name: string | null
  id: string | null
}

/** “Front desk (100001)”. `bdi`: behind a right-to-left name its id would change places with what follows. */
export function NameWithId({ name, id }: NameWithIdProps) {
  if (!name || !id) return <bdi translate="no">{name ?? id}</bdi>
  return (
    <>
      <bdi translate="no">{name}</bdi>
      <span>{` (${id})`}</span>
    </>
  )
}
