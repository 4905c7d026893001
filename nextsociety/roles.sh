#!/bin/sh
# What docker-compose.yml has the database run when its volume is empty.
set -e
psql --username postgres --quiet --set owner_password="$OWNER_PASSWORD" \
    --set portal_password="$DATABASE_PASSWORD" --file /roles.sql
