#!/usr/bin/env bash
# What can be wrong around the program: each fault has its sentence and its exit code, as nctracks.1 lists them under
# DIAGNOSTICS. Usage: test_faults.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

# Root may do everything, so what a mode forbids is tried as somebody else, who gets a copy of the program.
plain=()
if [[ $(id -u) -eq 0 ]] && command -v setpriv >/dev/null; then
    plain=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    mkdir "$work/bin"
    cp "$program" "$work/bin/nctracks"
    library=$(ldd "$program" | sed -n 's/.*libnctracks\.so[^ ]* => \([^ ]*\).*/\1/p')
    [[ -z $library ]] || cp "$library" "$work/bin/"
    export LD_LIBRARY_PATH=$work/bin
    chmod 711 "$work"
    chmod -R a+rX "$work/bin"
    program=$work/bin/nctracks
    mkdir "$work/plain"
    chown 65534:65534 "$work/plain"
    cd "$work/plain"
fi
as_somebody() { # CODE WORD...
    local want=$1 code=0
    shift
    "${plain[@]}" "$program" "$@" >out 2>err </dev/null || code=$?
    is "$code" "$want" "nctracks $*"
}
documented() { holds "the manual page lacks: $1" grep -qF -- "$1" "$here/../nctracks.1"; }
# fault SENTENCE CODE WORD...: the exit code, the sentence, and that the manual page has it
fault() {
    local sentence=$1
    shift
    as_somebody "$@"
    complains "$sentence"
    documented "$sentence"
}
locker() { # PATH: keeps a database locked until it is ended
    python3 - "$1" <<'PYTHON' &
import sqlite3, sys, time
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA locking_mode = EXCLUSIVE")
base.execute("BEGIN EXCLUSIVE")
open("is.locked", "w").close()
time.sleep(60)
PYTHON
}

as_somebody 0 init

# ---- Locked: the program waits 10 seconds, meanwhile the others are tried ----
mkdir locked
[[ ${#plain[@]} -eq 0 ]] || chown 65534 locked
as_somebody 0 init --db locked/nctracks.db
locker locked/nctracks.db
holder=$!
trap 'kill $holder 2>/dev/null || true; rm -rf "$work"' EXIT
until [[ -e is.locked ]]; do sleep 0.1; done
[[ ${#plain[@]} -eq 0 ]] || chown 65534 locked/*
("${plain[@]}" "$program" provider list --db locked/nctracks.db >locked.out 2>locked.err || echo $? >locked.code) &
waiting=$!

# ---- Not there, empty, something else ----
fault "No such file or directory" 3 provider list --db nothing.db
: >empty.db
chmod 600 empty.db
[[ ${#plain[@]} -eq 0 ]] || chown 65534 empty.db
for command in "provider list" init doctor "init --profile 2026"; do
    # shellcheck disable=SC2086
    as_somebody 3 $command --db empty.db
    if [[ $command != doctor ]]; then complains "empty.db is empty: it is no portal's database"; fi
done
documented "is empty: it is no portal"
is "$(wc -c <empty.db)" 0 "an empty file was made a portal"
head -c 8192 /dev/zero | tr '\0' x >text.db
python3 -c 'import sqlite3; c = sqlite3.connect("foreign.db"); c.execute("create table other (x)"); c.commit()'
chmod 600 text.db foreign.db
[[ ${#plain[@]} -eq 0 ]] || chown 65534 text.db foreign.db
fault "it is not an SQLite database" 3 provider list --db text.db
fault "does not belong in the database of a store" 3 provider list --db foreign.db
complains "the table other"
fault "it is not an SQLite database" 3 init --db text.db --profile 2013
holds "a foreign file was changed" test "$(wc -c <text.db)" -eq 8192

# ---- Modes ----
chmod 400 nctracks.db
fault "Permission denied; set its mode to 0600" 3 provider list
chmod 000 nctracks.db
fault "Permission denied; set its mode to 0600" 3 provider list
# what was left of a time in which it could only be read
chmod 600 nctracks.db
for companion in nctracks.db-wal nctracks.db-shm; do
    "${plain[@]}" sh -c "umask 377; : >$companion"
done
as_somebody 0 provider list
if [[ ${#plain[@]} -gt 0 || $(id -u) -ne 0 ]]; then
    chmod 500 .
    "${plain[@]}" "$program" provider list >../out 2>../err && code=0 || code=$?
    chmod 700 .
    cp ../out ../err . 2>/dev/null || true
    is "$code" 3 "a folder that cannot be written"
    complains "the database cannot be written; look at the modes of the file and its folder"
    documented "the database cannot be written; look at the modes of the file and its folder"
fi

# ---- The key ----
mv nctracks.key away.key
fault "No such file or directory" 3 provider list
complains "no other key can open the database"
head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >nctracks.key
chmod 600 nctracks.key
[[ ${#plain[@]} -eq 0 ]] || chown 65534 nctracks.key
as_somebody 3 provider list
complains "is not the one"
mv away.key nctracks.key

# ---- Mail: commands that send none go on ----
for mode in 500 000; do
    chmod $mode mail
    as_somebody 0 provider list
    as_somebody 1 check ada.owner 1234567893 claim.submit
    fault "mail: Permission denied" 3 mail flush
    as_somebody 3 doctor
    says "mail: Permission denied"
done
chmod 700 mail

# ---- A roster of the wrong kind ----
printf 'npi,kind,name,tax_id,email,phone\n1234567893,organization,Example,56-0000001,a@example.org,919-555-0100\n' >utf8.csv
python3 - <<'PYTHON'
text = open("utf8.csv").read()
for name, encoding in (("mark.csv", "utf-16"), ("little.csv", "utf-16-le"), ("big.csv", "utf-16-be")):
    open(name, "w", encoding=encoding, newline="\r\n").write(text)
PYTHON
chmod 644 ./*.csv
for roster in mark.csv little.csv big.csv; do
    fault 'the file is UTF-16, not UTF-8' 2 provider import $roster
done
as_somebody 0 provider list --json
json providers '[]'

# ---- No room: a limit on the size of files, and a disk that is full ----
(
    ulimit -f 16
    as_somebody 3 provider import utf8.csv --codes limited.csv
    cp out err .. 2>/dev/null || true
)
mv ../out ../err . 2>/dev/null || true
complains "a file may not grow any more"
documented "a file may not grow any more: there is a limit on its size"
as_somebody 0 provider list --json
mkdir full
if [[ $(id -u) -eq 0 ]] && mount -t tmpfs -o size=160k,mode=700,uid="$([[ ${#plain[@]} -gt 0 ]] && echo 65534 || echo 0)" none full 2>/dev/null; then
    trap 'kill $holder 2>/dev/null || true; umount "$work"/*/full "$work/full" 2>/dev/null || true; rm -rf "$work"' EXIT
    as_somebody 0 init --db full/nctracks.db
    "${plain[@]}" sh -c 'cat /dev/zero >full/filler' 2>/dev/null || true
    fault "the disk is full" 3 provider list --db full/nctracks.db
    as_somebody 3 provider import utf8.csv --db full/nctracks.db --codes elsewhere.csv
    complains "the disk is full"
    rm full/filler
    as_somebody 0 doctor --db full/nctracks.db
    umount full
fi

# ---- The one that was locked ----
wait $waiting || true
kill $holder 2>/dev/null || true
cp locked.out out
cp locked.err err
is "$(cat locked.code)" 3 "a locked database"
complains "another process has had the database locked for 10 seconds"
documented "another process has had the database locked for 10 seconds"
as_somebody 0 provider list --db locked/nctracks.db

finish
