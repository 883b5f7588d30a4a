#!/usr/bin/env bash
# A PostgreSQL for the tests of the store: any that is there, else Debian's package. The tests start servers of their own.
source "$(dirname "$0")/../lib.sh"

have_postgres() { command -v initdb >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; }
have_user() { [ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1; }
if have_postgres && have_user; then exit 0; fi
mend="apt-get install postgresql"
command -v apt-get >/dev/null || fail "no PostgreSQL found" "$mend"
say "postgres: installing Debian's package"
export DEBIAN_FRONTEND=noninteractive
install() { as_root apt-get install -q -y --no-install-recommends postgresql </dev/null >&2; }
install || { as_root apt-get update -q </dev/null >&2 && install; } || fail "no PostgreSQL found" "$mend"
have_postgres && have_user || fail "no PostgreSQL found" "$mend"
