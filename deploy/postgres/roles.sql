-- Two roles for PostgreSQL: numberdesk_owner owns the tables and changes them, numberdesk_app reads and writes rows.
-- An administrator runs this once in the app's database; it can be run again. docs/security.md says what follows.

do $$
begin
  if not exists (select from pg_roles where rolname = 'numberdesk_owner') then
    create role numberdesk_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'numberdesk_app') then
    create role numberdesk_app login;
  end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to numberdesk_owner, numberdesk_app', current_database());
end
$$;

revoke all on schema public from public;
grant usage, create on schema public to numberdesk_owner;
grant usage on schema public to numberdesk_app;
