-- What the app's role may do. `npm run migrate` runs this as the owner after each migration, if the role exists.

-- The ledger: rows are added, and never changed.
grant select, insert on return_intents, return_accounts, return_events, return_notes, protection_changes to numberdesk_app;
-- PostgreSQL asks for it before SELECT … FOR UPDATE, which locks a row. A trigger refuses each update itself.
grant update (receipt_id) on return_intents to numberdesk_app;

-- What is known of other ledgers, and of restored ones.
grant select, insert on abandoned_ledgers, ledger_restores to numberdesk_app;

-- Batches are history, too: they change their state, and stay.
grant select, insert, update on batches, batch_items to numberdesk_app;

grant select, insert, update, delete on
  return_locks, number_locks, sessions,
  snapshots, snapshot_accounts, snapshot_numbers, seen_identities, seen_accounts, account_uses,
  findings, owner_settings, heartbeat, limits
  to numberdesk_app;

-- Which migrations were applied.
grant select on kysely_migration, kysely_migration_lock to numberdesk_app;
