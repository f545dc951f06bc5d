#!/bin/sh
# compose.yaml: PostgreSQL's image runs this once, in an empty data folder.
set -e
psql -v ON_ERROR_STOP=1 -U postgres -d numberdesk -f /numberdesk/roles.sql
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -U postgres -d numberdesk <<'SQL'
alter role numberdesk_owner password :'owner';
alter role numberdesk_app password :'app';
SQL
