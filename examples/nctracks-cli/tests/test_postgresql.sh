#!/usr/bin/env bash
# The program on PostgreSQL: the whole story of scripts/demo, and what can be wrong with a database.
# Usage: test_postgresql.sh PROGRAM with|without; "without": the program was built where there is no libpq, and says so.
set -euo pipefail

server=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../../tests/support/postgresql_server")
if [[ $2 = with && -z ${NCT_TEST_POSTGRESQL:-} ]]; then
    exec "$server" run bash "$0" "$@"
fi
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

if [[ $2 = without ]]; then
    expect 3 --store postgresql://localhost/portal provider list
    complains "this program was built without PostgreSQL"
    finish
    exit
fi
url=$NCT_TEST_POSTGRESQL

# ---- What is wrong with the words ----
expect 2 --store portal.db provider list
complains "--store needs postgresql://"
expect 2 --store "$url" --db portal.db provider list
complains "exclude each other"
expect 3 --store postgresql://portal:open@sesame@localhost/portal provider list
complains "the connection string is not valid"
silent_about sesame
expect 3 --store "${url/tester@/guarded:open-sesame@}" provider list --json
json status CLI_ENVIRONMENT
says "password authentication failed"
silent_about sesame

# ---- A database without a portal: looking makes nothing ----
expect 3 --store "$url" provider list
complains "there is no portal"
complains "nctracks init"
silent_about sesame
is "$(psql -X -A -t "$url" -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'nctracks'")" 0
expect 3 --store "$url" key rotate --new-key new.key
holds "a key was made for no portal" fails test -e new.key

# ---- The story ----
story() { NCTRACKS_STORE=$url bash "$here/../../../scripts/demo" "$program" >story.out 2>&1; }
if story; then pass; else fail "the story ended with: $(tail -n 5 story.out)"; fi
rows=$(psql -X -A -t "$url" -c "SELECT encode(value, 'escape') FROM nctracks.rows")
holds "nothing was kept" test -n "$rows"
holds "a password is in the database" fails grep -qF "violet kayak of petra.prior" <<<"$rows"

# ---- A portal is found by its database, its key by the folder ----
psql -X -q "$url" -c "SET client_min_messages = warning" -c "DROP SCHEMA nctracks CASCADE"
export NCTRACKS_STORE=$url
expect 0 init
expect 0 doctor --json
json ok true
expect 0 init
says "was there and is in order"
says "postgresql://tester@"
expect 3 --db nctracks.db provider list
complains "nctracks.db: No such file"
mv nctracks.key elsewhere.key
expect 3 init
complains "is there, but its key file nctracks.key is not"
expect 0 provider list --key elsewhere.key
mv elsewhere.key nctracks.key
expect 0 key rotate --new-key new.key
expect 3 provider list

mv nctracks.key first.key
mv new.key nctracks.key
expect 0 key rekey --further-keys first.key

# ---- Copies: there and back, verified as portals ----
cat >roster.csv <<'ROSTER'
phone,npi,kind,name,tax_id,email
919-555-0100,1234567893,organization,Example Pharmacy,56-0000001,office@example.org
ROSTER
expect 0 provider import roster.csv --further-keys first.key
expect 0 checkpoint make --further-keys first.key
expect 0 provider list --json --further-keys first.key
cp out providers
unset NCTRACKS_STORE
mkdir copies
expect 0 store copy "$url" copies/one.db --further-keys first.key --json
json ok true
digest=$(python3 -c 'import json; print(json.load(open("out"))["digest"])')
rows=$(psql -X -A -t "$url" -c "SELECT count(*) FROM nctracks.rows")
json rows "$rows"
expect 0 provider list --json --db copies/one.db --key nctracks.key --profile 2013 --further-keys first.key
holds "the copy has other providers" cmp -s out providers
expect 3 store copy "$url" copies/one.db --further-keys first.key
complains "there are rows in it already"
expect 3 store copy copies/one.db "$url" --key nctracks.key
complains "there are rows in it already"
psql -X -q "$url" -c "SET client_min_messages = warning" -c "DROP SCHEMA nctracks CASCADE"
cp nctracks.profile copies/
expect 3 store copy copies/one.db "$url"
complains "name it with --key"
expect 0 store copy copies/one.db "$url" --key nctracks.key --further-keys first.key --json
json digest "$digest"
expect 0 provider list --json --store "$url" --further-keys first.key
holds "the copy of the copy has other providers" cmp -s out providers
expect 0 audit verify --store "$url" --further-keys first.key
expect 3 store copy missing.db copies/two.db
expect 3 store copy copies/one.db postgresql://portal:open@sesame@localhost/portal --key nctracks.key
silent_about sesame
# what somebody changed in the source is found in the copy, which is true to it
flipped="set_byte(value, length(value) / 2, 255 - get_byte(value, length(value) / 2))"
psql -X -q "$url" -c "UPDATE nctracks.rows SET value = $flipped WHERE length(value) > 0"
expect 3 store copy "$url" copies/three.db --further-keys first.key
psql -X -q "$url" -c "UPDATE nctracks.rows SET value = $flipped WHERE length(value) > 0"
expect 0 provider list --store "$url" --further-keys first.key
export NCTRACKS_STORE=$url

# ---- A schema of a newer program ----
psql -X -q "$url" -c "UPDATE nctracks.store SET version = 99"
expect 3 provider list
complains "a newer one made it"

finish
