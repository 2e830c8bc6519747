#!/bin/sh
# Runs once, when the data folder is created: the roles and databases of Surveyor and of the Temporal server.
# The application roles are no superusers and do not own the tables, so row-level security holds for them.
set -eu

psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner_password="$SURVEYOR_OWNER_PASSWORD" \
  --set app_password="$SURVEYOR_APP_PASSWORD" \
  --set auth_password="$SURVEYOR_AUTH_PASSWORD" \
  --set system_password="$SURVEYOR_SYSTEM_PASSWORD" \
  --set temporal_password="$TEMPORAL_DATABASE_PASSWORD" <<'SQL'
create role surveyor_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner_password';
create role surveyor_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'app_password';
create role surveyor_auth login nosuperuser nocreatedb nocreaterole nobypassrls password :'auth_password';
create role surveyor_system login nosuperuser nocreatedb nocreaterole nobypassrls password :'system_password';
grant surveyor_system to surveyor_owner with inherit false, set true;
create database surveyor owner surveyor_owner template template0 encoding 'UTF8';
revoke all on database surveyor from public;
grant connect on database surveyor to surveyor_app, surveyor_auth, surveyor_system;
grant temporary on database surveyor to surveyor_app;

create role temporal login password :'temporal_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
