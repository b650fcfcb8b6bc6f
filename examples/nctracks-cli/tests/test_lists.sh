#!/usr/bin/env bash
# Lists: page by page, narrow terminals, many questions at once, languages of the host, and what JSON always says.
# Usage: test_lists.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

expect 0 init
cat >roster.csv <<'ROSTER'
npi,kind,name,tax_id,email,phone
1000000004,organization,First Clinic,12-3456789,first@example.org,919-555-0100
1000000012,organization,Second Clinic,12-3456789,second@example.org,919-555-0101
1000000020,organization,Third Clinic,12-3456789,third@example.org,919-555-0102
1000000038,organization,Fourth Clinic,12-3456789,fourth@example.org,919-555-0103
1000000046,organization,Fifth Clinic,12-3456789,fifth@example.org,919-555-0104
ROSTER
expect 0 provider import roster.csv

# ---- Page by page ----
next=""
seen=()
while :; do
    expect 0 provider list --limit 2 ${next:+--after "$next"} --json
    seen+=("$(python3 -c 'import json; print(*(row["id"] for row in json.load(open("out"))["providers"]))')")
    next=$(python3 -c 'import json; print(json.load(open("out")).get("next", ""))')
    [[ -n $next ]] || break
done
is "${seen[*]}" "1000000004 1000000012 1000000020 1000000038 1000000046" "all, once each"
expect 0 provider list --limit 2
is "$(wc -l <out)" 3
complains "go on with --after 1000000012"
expect 0 provider list --limit 9
holds "a page behind the last" fails grep -q -- "--after" err
expect 0 provider list --after 1000000046
says "There is no provider."
expect 0 audit show provider:1000000004 --limit 1 --json
json next 1
expect 0 audit show provider:1000000004 --after 1 --json
json entries.0.sequence 2
for limit in 0 -1 x 9999999999; do
    expect 2 provider list --limit "$limit"
    complains "--limit needs a number"
done
expect 2 provider list --after "$(printf 'x%.0s' {1..9000})"
complains "--after"

# ---- A terminal too narrow for the columns ----
# on_terminal COLUMNS WORD...: what is on a terminal of that width
on_terminal() {
    python3 - "$program" "$@" >screen <<'PYTHON'
import fcntl, os, pty, struct, sys, termios
program, columns, *words = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("4H", 24, int(columns), 0, 0))
    os.execv(program, [program, *words])
shown = b""
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
os.waitpid(child, 0)
sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
PYTHON
}
on_terminal 200 provider list
holds "no table on a wide terminal" grep -q "^PROVIDER  *KIND  *STATE" screen
is "$(wc -l <screen)" 6
on_terminal 40 provider list
holds "no record on a narrow terminal" grep -qx "PROVIDER  1000000012" screen
holds "a name was lost" grep -qx "NAME      Second Clinic" screen
is "$(awk 'length > 40' screen | wc -l)" 0
on_terminal 60 --help
is "$(grep -vE '^ {35}' screen | awk 'length > 60' | wc -l)" 0 "help wider than the terminal"

# ---- Many questions at once ----
code_of 1000000004 >code
cat >form.json <<FORM
{"provider": {"npi": "1000000004", "authorization_code": "$(cat code)"},
 "office_administrator": {"ncid": "olivia.owner", "first_name": "Olivia", "last_name": "Owner",
  "email": "olivia@example.org", "phone": "919-555-0101", "relationship": "owner"},
 "eft": {"routing_number": "123456780", "account_number": "000123456789", "account_type": "checking",
  "account_holder": "First Clinic"}}
FORM
expect 0 register form.json
printf 'olivia.owner 1000000004 claim.submit\n\n# a remark\n  olivia.owner\t1000000004 pa.submit\n' >allowed.txt
expect 0 access check allowed.txt --json
json answers.1.allowed true
json answers.1.line 4
printf 'olivia.owner 1000000012 claim.submit\nnobody.here 1000000004 claim.submit' >refused.txt
expect 1 access check refused.txt --json
json ok false
json status CLI_REFUSED
json message "Not everything is allowed."
json answers.0.allowed false
json answers.1.status NCT_E_NOT_PROVISIONED
{
    cat allowed.txt
    printf 'olivia.owner 1000000004\nolivia.owner 1000000004 claim.submit more\nolivia.owner 1000000004 no.such\nx 1 pa.submit\n'
    printf 'x%.0s' {1..700}
    printf '\nolivia.owner 1000000004 claim.inquiry\n'
} >mixed.txt
expect 2 access check mixed.txt --json
json answers.2.message "A line needs NCID, PROVIDER and RIGHT, with blanks between them."
json answers.3.message "A line needs NCID, PROVIDER and RIGHT, with blanks between them."
json answers.4.message "There is no such right or authority; 'nctracks policy show' lists them."
json answers.5.allowed false
json answers.6.message "The line is too long."
json answers.7.allowed true
for _ in $(seq 1300); do echo "olivia.owner 1000000004 claim.submit"; done >many.txt
expect 0 access check many.txt --json
is "$(grep -c '"allowed": true' out)" 1300
: >empty.txt
expect 0 access check empty.txt
says "Nothing was asked."
expect 3 access check missing.txt
complains "missing.txt"

# ---- Languages of the host ----
mkdir -m 700 texts
"$program" language template es | sed 's/^language.name = .*/language.name = Example/' >texts/x-example.txt 2>/dev/null
"$program" language template es >texts/qa.txt
sed -i 's/^language.name = .*/language.name = Example/' texts/qa.txt
rm texts/x-example.txt
chmod 600 texts/qa.txt
expect 2 check olivia.owner 1000000012 claim.submit --language qa
expect 0 config set languages "$work/texts"
expect 0 language list --json
holds "the host's language is not listed" python3 -c '
import json
rows = {row["language"]: row for row in json.load(open("out"))["languages"]}
assert rows["qa"] == {"language": "qa", "name": "Example", "built_in": False, "catalogue": True}, rows
assert rows["es"]["built_in"] and not rows["es"]["catalogue"]'
expect 1 check olivia.owner 1000000012 claim.submit --language es
cp err spanish
expect 1 check olivia.owner 1000000012 claim.submit --language qa
holds "the host's language says something else" cmp -s err spanish
expect 2 check olivia.owner 1000000012 claim.submit --language ../texts/qa
expect 0 language set olivia.owner qa
expect 0 language get olivia.owner --json
json language qa
chmod 666 texts/qa.txt
expect 3 provider list
complains "texts/qa.txt"
chmod 600 texts/qa.txt
echo "no.such = key" >>texts/qa.txt
expect 3 provider list
complains "qa.txt: this is no catalogue"
expect 0 config set languages "$work/none"
expect 3 provider list
complains "$work/none"
expect 0 config unset languages
expect 0 language get olivia.owner
says "en" # the portal has no texts of theirs any more
expect 1 language get nobody.here

# ---- Announcements of keys ----
expect 0 receipt keys --output before.keys
expect 0 key rotate --new-key new.key
key=$("$program" key list --key new.key --further-keys nctracks.key --json |
    python3 -c 'import json, sys; print(*(row["key"] for row in json.load(sys.stdin)["keys"] if row["state"] == "current"))')
first=$("$program" key list --key new.key --further-keys nctracks.key --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["keys"][0]["key"])')
keys=(--key new.key --further-keys nctracks.key)
expect 0 key announcement "$key" --output new.announcement "${keys[@]}"
expect 3 key announcement "$key" --output new.announcement "${keys[@]}"
expect 1 key announcement "$first" --output first.announcement "${keys[@]}"
expect 1 key announcement 0123456789abcdef --output no.announcement "${keys[@]}"
mkdir elsewhere
mv new.announcement before.keys elsewhere
expect 0 key verify elsewhere/new.announcement --keys elsewhere/before.keys --json
json key "$key"
printf x >>elsewhere/new.announcement
expect 1 key verify elsewhere/new.announcement --keys elsewhere/before.keys
expect 1 key verify elsewhere/before.keys --keys elsewhere/before.keys

# ---- What a failure always says ----
sed 's/1000000004/1234567890/' roster.csv >bad.csv
expect 2 provider import bad.csv --json "${keys[@]}"
json status CLI_INPUT
expect 1 provider import roster.csv --json "${keys[@]}"
json status CLI_REFUSED
json message "0 enrolled, 5 refused, of 5 rows."
expect 1 access certify nobody.here olivia.owner --by olivia.owner --provider 1000000004 --json "${keys[@]}"
json ok false
json status CLI_REFUSED

finish
