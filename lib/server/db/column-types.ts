import { sql } from 'kysely'
import type { DialectName } from './tables'

/**
 * Column types that mean the same on both databases: text compared byte by byte (PostgreSQL's default collation may
 * not), Unix milliseconds as 64 bits, and what a CREATE TABLE ends with (SQLite checks types only in STRICT tables).
 */
export function columnTypes(dialect: DialectName) {
  return dialect === 'postgres'
    ? { text: sql`text collate "C"`, ms: sql`bigint`, tableEnd: sql`` }
    : { text: sql`text`, ms: sql`integer`, tableEnd: sql`strict` }
}
