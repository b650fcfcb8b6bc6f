#!/usr/bin/env bash
# What the program takes a file for, and what it refuses: links, owners, modes. Usage: test_files.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

# in_order: everything the doctor looks at; not_in_order WHAT: what it names
not_in_order() {
    expect 3 doctor
    says "$1"
}

expect 0 init --profile 2026
expect 0 doctor
# ---- The profile beside the database makes the rules ----
for mode in 620 602 666; do
    chmod $mode nctracks.profile
    expect 3 provider list
    complains "nctracks.profile: it may be written by others; set its mode to 0600"
    not_in_order "nctracks.profile: it may be written by others"
done
chmod 644 nctracks.profile
expect 0 provider list
mv nctracks.profile real.profile
ln -s real.profile nctracks.profile
expect 3 provider list
complains "nctracks.profile: it must not be a symbolic link"
not_in_order "nctracks.profile: it must not be a symbolic link"
ln -sf nowhere nctracks.profile
expect 3 init --profile 2013
complains "nctracks.profile: it must not be a symbolic link"
holds "a profile was made through a link" fails test -e nowhere
rm nctracks.profile
mkfifo nctracks.profile
expect 3 provider list
complains "it is not a regular file"
rm nctracks.profile
mkdir nctracks.profile
expect 3 provider list
rmdir nctracks.profile
mv real.profile nctracks.profile
# ---- Key, database and its companions ----
for mode in 640 604 620; do
    chmod $mode nctracks.key
    expect 3 provider list
    complains "nctracks.key: it may be"
    not_in_order "nctracks.key: it may be"
done
chmod 600 nctracks.key
chmod 640 nctracks.db
expect 0 provider list
not_in_order "nctracks.db: it may be read by others"
chmod 660 nctracks.db
expect 3 provider list
complains "nctracks.db: the database could not be opened: it may be written by others"
chmod 600 nctracks.db
for companion in nctracks.db-wal nctracks.db-shm nctracks.db-journal; do
    printf 'of somebody else' >other
    chmod 400 other
    ln -s other $companion
    expect 3 provider list
    complains "$companion: it must not be a symbolic link"
    is "$(mode_of other)" 400 "the mode of what a link names"
    rm -f $companion other
done
mkdir elsewhere
ln -s ../nctracks.db elsewhere/nctracks.db
expect 3 provider list --db elsewhere/nctracks.db --key nctracks.key --profile 2026
complains "it must not be a symbolic link"
# ---- The folder for mails, and what goes into it ----
for mode in 777 770 722; do
    chmod $mode mail
    expect 0 provider list
    expect 3 mail flush
    complains "mail: others may write into it; set its mode to 0700"
    not_in_order "mail: others may write into it"
done
chmod 755 mail
expect 0 mail flush
not_in_order "mail: it may be read by others"
chmod 700 mail
printf 'PIN' >mail/one.eml
chmod 644 mail/one.eml
not_in_order "mail/one.eml: it may be read by others; set its mode to 0600"
ln -s one.eml mail/two.eml
not_in_order "2 of its mails"
rm mail/*.eml
mv mail real.mail
ln -s real.mail mail
expect 3 mail flush
complains "mail: it must not be a symbolic link"
rm mail
mv real.mail mail
expect 0 doctor
chmod 777 .
not_in_order "others may write into it"
chmod 700 .
# ---- Of somebody else ----
if [[ $(id -u) -eq 0 ]]; then
    for file in nctracks.key nctracks.profile nctracks.db; do
        chown 65534 $file
        expect 3 provider list
        complains "it belongs to somebody else"
        not_in_order "$file: it belongs to somebody else"
        chown 0 $file
    done
    chown 65534 mail
    expect 3 mail flush
    complains "mail: it belongs to somebody else"
    chown 0 mail
fi
# ---- What is handed in ----
printf 'npi,kind,name,tax_id,email,phone\n' >roster.csv
expect 0 provider import roster.csv
"$program" provider import <(cat roster.csv) >out 2>err || fail "a roster from a pipe"
ln -s roster.csv by-a-link.csv
expect 0 provider import by-a-link.csv
chmod 666 roster.csv
expect 3 provider import roster.csv
complains "roster.csv: it may be written by others"
expect 3 register roster.csv
complains "roster.csv: it may be written by others"
expect 3 provider import .
complains "Is a directory"
# ---- What is made: private under any umask, and never over a file that is there ----
for made in codes.csv some.cborseq; do ln -s target $made; done
printf '1234567893,organization,Example Pharmacy,56-0000001,office@example.org,919-555-0100\n' |
    cat <(printf 'npi,kind,name,tax_id,email,phone\n') - >one.csv
expect 3 provider import one.csv --codes codes.csv
complains "codes.csv: File exists"
umask 0
expect 0 provider import one.csv
is "$(mode_of authorization-codes.csv)" 600
umask 022
expect 3 provider renew-code 1234567893 --codes codes.csv
expect 3 audit export provider:1234567893 --output some.cborseq
holds "a file was made through a link" fails test -e target

finish
