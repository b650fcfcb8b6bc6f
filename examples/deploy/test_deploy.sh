#!/usr/bin/env bash
# What is in this folder works: units, timers, configurations, backup and restore, figures, the container recipe.
# Usage: test_deploy.sh NCTRACKS NCTRACKS-SERVER
set -euo pipefail
deploy=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
server=$(realpath "$2")
# shellcheck source=SCRIPTDIR/../nctracks-cli/tests/test_support.sh
source "$deploy/../nctracks-cli/tests/test_support.sh" "$1"
: >out
: >err

# run CODE COMMAND...: as expect, for another program
run() {
    local want=$1 code=0
    shift
    "$@" >out 2>err </dev/null || code=$?
    is "$code" "$want" "$*"
}

# ---- Units: their programs are those of this build ----
mkdir units lib
cp "$deploy"/systemd/* units/
cp "$deploy"/{backup,restore,metrics} lib/
sed -i "s|/usr/bin/nctracks-server|$server|; s|/usr/bin/nctracks |$program |; s|/usr/lib/nctracks/|$work/lib/|;
        s|/usr/bin/logger|$(command -v logger || echo /bin/true)|; /^Documentation=/d" units/*
if command -v systemd-analyze >/dev/null; then
    for unit in units/*.service units/*.timer; do
        run 0 systemd-analyze verify --man=no --recursive-errors=no "$unit"
        holds "$(basename "$unit"): $(cat err)" fails grep -q "$(basename "$unit")" err
    done
    while read -r when; do
        run 0 systemd-analyze calendar "$when"
    done < <(sed -n 's/^OnCalendar=//p' units/*.timer)
    printf '[Service]\nExecStart=/nowhere/at/all\n' >units/wrong.service
    run 1 systemd-analyze verify --man=no units/wrong.service # so this finds what is wrong
else
    echo "systemd-analyze is missing: units are not verified" >&2
fi
for timer in units/*.timer; do
    holds "$timer has no service" test -e "${timer%.timer}.service"
done
# The commands of the units are commands, with options there are.
while read -r line; do
    read -ra words <<<"${line/\$\{KEEPER\}/keeper@example.org}"
    code=0
    "${words[@]}" --db nowhere/nctracks.db >out 2>err </dev/null || code=$?
    is "$code" 3 "$line" # there is no such database; 2 would be bad usage
done < <(sed -n 's/^ExecStart=//p' units/nctracks-{mail,due,doctor,checkpoint}.service)

# ---- Configurations ----
run 0 "$program" config list --config "$deploy/nctracks.conf" --json
json settings.0.value smtps://mail.example.org:465
run 0 "$server" options
while read -r name; do
    holds "the server has no option $name" grep -q "^#* *$name =" out
done < <(sed -n 's/^\([a-z_]*\) = .*/\1/p' "$deploy/server.conf")

# ---- Backup and restore ----
mkdir portal backups keys
db=portal/nctracks.db
key=keys/nctracks.key
printf 'npi,kind,name,tax_id,email,phone\n%s\n' \
    '1234567893,organization,Example Pharmacy,56-0000001,office@example.org,919-555-0100' >roster.csv
expect 0 init --db $db --key $key
expect 0 provider import roster.csv --db $db --key $key
expect 0 checkpoint make --db $db --key $key --output kept.checkpoint --leaves kept.leaves --keys kept.keys
run 0 "$deploy/backup" $db backups $key "$program"
backup=$(cat out)
is "$(mode_of "$backup")" 700
is "$(mode_of "$backup/nctracks.db")" 600
holds "no key in a backup" fails grep -rqF "$(cat $key)" "$backup"
holds "what was examined" grep -q "^ledger *yes" "$backup/doctor.txt"
run 1 "$deploy/restore" "$backup" $db $key "$program"
complains "move it away first"
rm -rf portal
run 0 "$deploy/restore" "$backup" $db $key "$program"
expect 0 provider list --db $db --key $key --json
json providers.0.id 1234567893
expect 0 checkpoint compare kept.checkpoint --leaves kept.leaves --keys kept.keys --db $db --key $key
expect 0 doctor --all --db $db --key $key
# A database that is damaged is no backup.
python3 - portal/nctracks.db <<'PYTHON'
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
blob = base.execute("SELECT value FROM rows ORDER BY length(value) DESC").fetchone()[0]
altered = blob[:-1] + bytes([blob[-1] ^ 1])
base.execute("UPDATE rows SET value = ? WHERE value = ?", (altered, blob))
base.commit()
PYTHON
sleep 1 # the next backup has another name
run 3 "$deploy/backup" portal/nctracks.db backups $key "$program"
is "$(find backups -mindepth 1 -maxdepth 1 | wc -l)" 1 "backups"

# ---- Figures ----
mkdir fresh
expect 0 init --db fresh/nctracks.db
expect 0 config set smtp smtp://127.0.0.1:1 --config fresh/nctracks.conf
expect 0 person add made.up --first-name Made --last-name Up --email made.up@example.org --phone 919-555-0100 \
    --reason test --operator me --db fresh/nctracks.db
run 0 "$deploy/metrics" "$program" figures.prom --db fresh/nctracks.db
for line in 'nctracks_mails{state="waiting"} 1' 'nctracks_mails{state="given_up"} 0' \
    'nctracks_in_order{check="ledger"} 1' 'nctracks_in_order{check="mail goes to"} 0'; do
    holds "$line" grep -qxF "$line" figures.prom
done
holds "somebody is named" fails grep -q made.up figures.prom

# ---- The container recipe ----
run 0 python3 "$deploy/check_container.py" "$deploy/Containerfile" "$deploy/../.."
sed 's/^USER nctracks$//; s/bookworm-slim$/latest/; s|^COPY . |COPY nowhere |; s/^EXPOSE/EXPOZE/' \
    "$deploy/Containerfile" >wrong.container
run 1 python3 "$deploy/check_container.py" wrong.container "$deploy/../.."
for sentence in "runs as root" "without a version" "not there: nowhere" "no instruction: EXPOZE"; do says "$sentence"; done

# ---- Scripts ----
if command -v shellcheck >/dev/null; then
    for script in backup restore test_deploy.sh; do run 0 shellcheck -x "$deploy/$script"; done
fi

finish
