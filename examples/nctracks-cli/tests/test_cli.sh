#!/usr/bin/env bash
# Runs every command of the program in a folder of its own. Usage: test_cli.sh PROGRAM
# All people, numbers and addresses are invented; they only pass the checks.
set -euo pipefail

# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

# ---- Help, version, usage ----
expect 0 --help
says "Usage: nctracks"
expect 0 --version
says "nctracks "
expect 0 --version --json
json ok true
expect 0 provider --help
says "provider import"
# every command, from the program's own help
mapfile -t commands < <("$program" --help | sed -nE 's/^  ([a-z][a-z-]*( [a-z-]+)?) .*/\1/p')
is "${#commands[@]}" "$("$program" --help | sed -n '/^Commands$/,/^$/p' | grep -c '^  [a-z]')" "commands"
for command in "${commands[@]}"; do
    # shellcheck disable=SC2086
    expect 0 $command --help
    says "Usage: nctracks $command"
    says "'nctracks --help' lists the options of every command"
    holds "the options of every command again" fails grep -q -- --further-keys out
done
expect 2
expect 2 nonsense
complains "no such command"
expect 2 provder list
complains "Did you mean 'nctracks provider'?"
expect 2 provider lsit
complains "Did you mean 'nctracks provider list'?"
expect 2 provider list --nmae x
complains "Did you mean '--name'?"
expect 2 provider frobnicate-all
holds "a suggestion out of nowhere" fails grep -q "Did you mean" err
expect 0 help
says "Commands"
expect 0 help sign
says "Usage: nctracks sign"
expect 0 help mail
says "nctracks mail COMMAND"
expect 0 help mail flush
says "--limit N"
expect 2 help sgin
complains "Did you mean 'nctracks sign'?"
expect 0 -V
says "nctracks 0."
expect 2 provider
expect 2 provider nonsense
expect 2 provider list --nonsense
complains "unknown option --nonsense"
expect 2 provider list --db
complains "a value is missing after --db"
expect 2 provider list --db one --db two
complains "given twice"
expect 2 provider show
expect 2 provider show one two
expect 2 user revoke somebody1
complains "--by is required"
expect 2 nonsense --json
json ok false
json status CLI_USAGE
# ---- Rules ----
expect 2 policy
expect 2 policy show --profile 1913
complains "policy list"
expect 0 policy list
says "2013"
says "2026"
expect 0 policy list --json
json profiles.3.name 2026
expect 0 policy show
says "## Profile 2013"
says "| user_administrator |"
says "| pharmacy_pa | pa.submit |"
expect 0 policy show --profile 2026 --json
json profile 2026
says '"submission.enrollment.needs": "enrollment.initial"'
expect 0 policy show --profile 2025 --set pin.length=8,pin.attempts=5
says "| pin.length | 8 |"
expect 2 policy show --set pin.length=5
complains "--set needs"
expect 2 policy show --set pin.length
expect 2 policy show --set no.such=1
expect 0 policy paths --profile 2022
says "role.user_administrator.manages"
expect 0 policy paths --profile 2022 --json
json rules.0.path name
json rules.0.value 2022
expect 0 policy show --text --profile 2025
says "name = 2025"
says "role.user_administrator.manages = user"
cp out 2025.profile
expect 0 policy check 2025.profile
says "profile 2025 hold together"
sed 's/^term.fl2_days = .*/term.fl2_days = 60/' 2025.profile >changed.profile
expect 1 policy check changed.profile
complains "name: this is the name of a dated profile"
sed -i 's/^name = .*/name = ours/' changed.profile
expect 0 policy check changed.profile
expect 0 policy show --profile-file changed.profile
says "## Profile ours"
says "| term.fl2_days | 60 |"
expect 2 policy show --profile-file changed.profile --profile 2025
expect 3 policy show --profile-file missing.profile
printf 'base = 2013\nname = ours\nrole.user.manages = user\nterm.fl2_days = soon\n\nrole.user.likes = tea\n' >wrong.profile
expect 2 policy check wrong.profile
complains 'line 4: term.fl2_days: It does not have the right form. ("soon")'
complains "line 6: role.user.likes: There is no such field."
expect 2 policy check wrong.profile --json
json status NCT_E_PROBLEMS
json problems.0.line 4
json problems.0.path term.fl2_days
json problems.1.code NCT_E_UNKNOWN_FIELD
sed -i '4,$d' wrong.profile
expect 1 policy check wrong.profile --json
json status NCT_E_PROFILE
json problems.0.path role.user.manages
expect 1 init --profile-file wrong.profile
holds "something was made of contradictory rules" fails ls nctracks.db nctracks.key nctracks.profile 2>/dev/null
for form in enrollment registration user signing principal contact draft; do
    expect 0 fields "$form" --json
    json ok true
done
expect 2 fields nonsense

# ---- Languages ----
expect 0 language list
says "Español"
expect 0 language list --json
json ok true
expect 0 language template
says "mail.pin.issued.subject = Your NCTracks PIN"
expect 0 language template es
cp out es.txt
expect 2 language template tlh
complains "language list"
expect 0 language check es.txt --complete
expect 0 language check es.txt --json
json ok true
sed '/^status.NCT_E_DENIED/d; s/^language.name = .*/language.name = {pin}/' es.txt >wrong.txt
expect 2 language check wrong.txt
complains "line 1: language.name"
expect 2 language check wrong.txt --complete --json
json status NCT_E_PROBLEMS
says NCT_E_REQUIRED
expect 3 language check missing.txt
expect 0 fields user --language es
says "Diez dígitos"
expect 2 fields user --language tlh
expect 2 fields user --language

# ---- A new portal ----
expect 3 provider list
complains "nctracks init"
expect 3 provider list --json
json ok false
expect 0 init
is "$(mode_of nctracks.key)" 600
is "$(mode_of nctracks.db)" 600
is "$(mode_of mail)" 700
is "$(wc -c <nctracks.key)" 65
silent_about "$(cat nctracks.key)"
key_before=$(cat nctracks.key)
expect 0 init --json
json ok true
is "$(cat nctracks.key)" "$key_before" "an existing key stays"
holds "the key is in the database" fails grep -qF "$key_before" nctracks.db*
expect 0 provider list
says "There is no provider."

# ---- The key file ----
chmod 640 nctracks.key
expect 3 provider list
complains "read by others"
chmod 600 nctracks.key
mv nctracks.key real.key
expect 3 provider list
expect 3 init
complains "no other key can open the database"
ln -s real.key nctracks.key
expect 3 provider list
complains "symbolic link"
rm nctracks.key
expect 0 provider list --key real.key
head -c 63 real.key >nctracks.key
chmod 600 nctracks.key
expect 3 provider list
complains "64 hexadecimal digits"
rm nctracks.key
tr '0-9a-f' '1-9a-f0' <real.key >nctracks.key
chmod 600 nctracks.key
expect 3 provider list
complains "is not the one"
mv real.key nctracks.key
expect 0 provider list --db nctracks.db --json
json providers '[]'
NCTRACKS_DB=$work/nctracks.db expect 0 provider list

# ---- The rules a portal keeps ----
mkdir kept
expect 0 init --db kept/a.db --profile 2026 --set pin.length=8 --json
json profile 2026
expect 0 doctor --db kept/a.db
says "2026, kept in kept/nctracks.profile"
expect 0 policy show --db kept/a.db
says "## Profile 2026"
says "| pin.length | 8 |"
expect 0 provider list --db kept/a.db --profile 2026
expect 0 init --db kept/a.db
expect 2 provider list --db kept/a.db --profile 2025
complains "keeps other rules, profile 2026"
expect 2 init --db kept/a.db --profile 2013
expect 0 provider list --db kept/a.db --profile-file kept/nctracks.profile
expect 2 provider list --db kept/a.db --profile-file changed.profile
mv kept/nctracks.profile kept/away
expect 3 provider list --db kept/a.db
complains "is not there"
expect 3 init --db kept/a.db # the rules it had are not known: none are made up
complains "is not there"
holds "rules were made up" fails test -e kept/nctracks.profile
expect 0 provider list --db kept/a.db --profile-file kept/away
expect 0 init --db kept/a.db --profile-file kept/away
holds "the rules are kept anew" cmp kept/away kept/nctracks.profile
cp changed.profile kept/nctracks.profile # whoever writes the file makes no rules
chmod 600 kept/nctracks.profile
expect 1 provider list --db kept/a.db
complains "nctracks policy change"
expect 3 doctor --db kept/a.db
expect 1 provider list --db kept/a.db --set pin.attempts=100
cp kept/away kept/nctracks.profile
expect 0 policy announce --db kept/a.db --profile-file changed.profile --reason "rules of ours" --operator clerk
says "are announced"
expect 2 policy announce --db kept/a.db --profile-file changed.profile --reason "rules of ours"
expect 0 doctor --db kept/a.db
says "others are announced"
expect 0 policy change --db kept/a.db --profile-file changed.profile --reason "rules of ours" --operator clerk
says "run under profile ours alone"
expect 0 policy change --db kept/a.db --reason "again"
says "already"
expect 0 doctor --db kept/a.db
says "ours, kept in"
expect 0 audit show portal --db kept/a.db
says "policy.announced"
says "policy.changed"
says "rules of ours"
rm kept/nctracks.profile # the rules are lost: an operator with the key names others
expect 3 policy change --db kept/a.db --reason "lost"
expect 0 policy change --db kept/a.db --profile 2025 --reason "lost" --operator clerk
expect 0 doctor --db kept/a.db
says "2025, kept in"
printf 'base = 2013\nby_two = user\n' >kept/nctracks.profile
expect 1 provider list --db kept/a.db
complains "kept/nctracks.profile: The rules of the profile contradict each other."

# ---- Roster ----
printf '\xef\xbb\xbfphone,npi,kind,name,tax_id,email\r\n' >roster.csv
printf '919-555-0100,1234567893,organization,"Example Pharmacy, Inc. ""North""",56-0000001,office@example.org\r\n' >>roster.csv
cat >>roster.csv <<'ROSTER'
919-555-0101,1000000012,individual,Dr. Ada Example,56-0000002,ada@example.org
919-555-0102,1000000013,individual,Wrong Digit,56-0000003,wrong@example.org
919-555-0103,1000000020,practice,Wrong Kind,56-0000004,not-an-address
919-555-0104,1234567893,organization,The Same Again,56-0000005,again@example.org

919-555-0105,1000000038,organization,Short Row
919-555-0106,1000000046,organization,Stray "Quote",56-0000006,stray@example.org
919-555-0107,1000000053,organization,"Two
Lines",56-0000007,lines@example.org
919-555-0108,1000000061,organization,Last One,56-0000008,last@example.net
ROSTER
expect 2 provider import roster.csv
complains "line 4 refused: npi:"
complains "line 5 refused:"
complains "kind:"
complains "email:"
complains "line 6 refused: npi:"
complains "line 8 refused: row:"
complains "line 9 refused: row:"
complains "lines 10 to 11 refused: row:"
says "3 enrolled, 7 refused, of 10 rows"
is "$(grep -c '^lines\? ' err)" 6 "one line for each refused row, and one for both of a field with a line break"
is "$(mode_of authorization-codes.csv)" 600
is "$(wc -l <authorization-codes.csv)" 4
is "$(head -1 authorization-codes.csv)" npi,authorization_code
silent_about "$(code_of 1234567893)"
silent_about 56-0000003
expect 3 provider import roster.csv --codes authorization-codes.csv
complains "--codes"
expect 2 provider import roster.csv --codes more.csv --json
json enrolled 0
json refused 10
json refusals.0.line 2
json refusals.0.problems.0.path npi
json refusals.0.problems.0.code NCT_E_ALREADY_ENROLLED
holds "a codes file without codes was left" test ! -e more.csv
printf 'npi,kind,name,tax_id,email,fax\n' >header.csv
expect 2 provider import header.csv --codes more.csv
complains 'unknown column "fax"'
printf 'npi,kind,name,tax_id,email\n' >header.csv
expect 2 provider import header.csv --codes more.csv
complains "phone is missing"
printf 'npi,npi,kind,name,tax_id,email,phone\n' >header.csv
expect 2 provider import header.csv --codes more.csv
complains "stands twice"
: >header.csv
expect 2 provider import header.csv --codes more.csv
expect 3 provider import missing.csv --codes more.csv
printf 'npi,kind,name,tax_id,email,phone\n1234567893,organization,x,56-0000001,a@example.org,919-555-0100\n' >again.csv
expect 1 provider import again.csv --codes more.csv
expect 0 provider list
says "Example Pharmacy, Inc."
expect 0 provider list --json
json providers.2.id 1234567893
expect 0 provider show 1234567893 --json
json state enrolled
json kind organization
expect 0 provider show 1234567893
says "enrolled"
silent_about 56-0000001
expect 1 provider show 1000000079
expect 1 provider show 1000000079 --json
json status NCT_E_NOT_FOUND
expect 2 provider show 1234567890

# ---- Registration ----
person() { printf '"ncid": "%s", "first_name": "%s", "last_name": "%s", "email": "%s", "phone": "919-555-0110"' "$@"; }
registration() {
    cat <<FORM
{"provider": {"npi": "$1", "authorization_code": "$2"},
 "office_administrator": {$(person ada.owner Ada Owner ada@example.org), "relationship": "owner"},
 "eft": {"routing_number": "053999993", "account_number": "000012345678", "account_type": "checking",
         "account_holder": "Example Pharmacy"},
 "users": [{$(person front.desk Fay Desk fay@example.org), "role": "user", "rights": ["eligibility.inquiry"]},
           {$(person jdoe.pharm "Jo" "Doë" jo@example.org), "rights": "pa.submit pa.inquiry"}]}
FORM
}
registration 1234567893 AAAAAAAAAAAAAAAA >wrong.json
expect 1 register wrong.json
expect 1 register wrong.json --json
json status NCT_E_PROVIDER_OR_CODE
registration 1234567893 "$(code_of 1234567893)" >form.json
sed 's/"owner"/"neighbour"/; s/ada@example.org/ada/; s/"eft"/"extra": {"field": "x"}, "number": 5, "eft"/' form.json >bad.json
expect 2 register bad.json
complains "office_administrator.email"
complains "office_administrator.relationship"
complains "extra.field"
complains "number"
expect 2 register bad.json --json
json status NCT_E_PROBLEMS
json problems.0.path extra.field
json problems.0.code NCT_E_UNKNOWN_FIELD
sed 's/Fay/F\\u0000y/' form.json >nul.json
expect 2 register nul.json --json
json problems.0.path 'users[0].first_name'
json problems.0.code NCT_E_NUL
sed 's/"npi": /"npi": "1", "npi": /' form.json >twice.json
expect 2 register twice.json
complains "stands twice"
printf '{"provider.npi": "1234567893"}' >flat.json
expect 2 register flat.json
complains "provider.npi"
printf '[]' >array.json
expect 2 register array.json
printf '{"eft": {"account_number": 000012345678 ' >broken.json
expect 2 register broken.json
silent_about 12345678
expect 3 register missing.json
expect 0 register form.json
is "$(mails)" 3 "one mail for each NCID"
for mail in mail/*.eml; do
    is "$(mode_of "$mail")" 600
    id=$(basename "$mail" .eml)
    holds "Message-ID of $mail" grep -q "^Message-ID: <$id@nctracks.invalid>" "$mail"
    if python3 -c '
import email, email.policy, sys
mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
assert not mail.defects, mail.defects
assert mail["To"].addresses[0].addr_spec == "ada@example.org", mail["To"]
assert mail["Date"].datetime and mail["From"] and mail["Subject"]
body = mail.get_content()
assert "PIN:" in body and "\ufffd" not in body
raw = open(sys.argv[1], "rb").read()
assert b"\n" not in raw.replace(b"\r\n", b""), "bare LF"
raw.decode("ascii")' "$mail" 2>err; then pass; else fail "$mail is not a proper mail"; fi
done
if python3 - <<'CHECK'; then pass; else fail "a name that is not ASCII is lost in the mail"; fi
import email, email.policy, glob
mails = [email.message_from_binary_file(open(f, "rb"), policy=email.policy.default) for f in glob.glob("mail/*.eml")]
assert any("Jo Doë" in m.get_content() for m in mails)
CHECK
expect 1 register form.json
expect 1 register form.json --json
json status NCT_E_OA_EXISTS
expect 1 register form.json --language es-US
complains "ya tiene un Administrador de la Oficina"
expect 1 register form.json --language es --json
json status NCT_E_OA_EXISTS
expect 0 provider show 1234567893 --json
json state registered
json office_administrator ada.owner
silent_about 000012345678
code=0
"$program" register - <form.json >out 2>err || code=$?
is $code 1 "registering twice, from standard input"

expect 0 provider renew-code 1234567893 --codes renewed.csv
says "needed only to change its Office Administrator"
is "$(mode_of renewed.csv)" 600
expect 1 provider renew-code 1000000087 --codes renewed2.csv

# ---- Access ----
expect 0 check front.desk 1234567893 eligibility.inquiry
says "Allowed"
expect 1 check front.desk 1234567893 claim.submit
complains "ada.owner"
expect 1 check front.desk 1234567893 claim.submit --json
json allowed false
json status NCT_E_RIGHT_MISSING
json explanation.helper_ncid ada.owner
expect 0 check ada.owner 1234567893 enrollment.submit --json
json allowed true
expect 2 check front.desk 1234567893 nonsense
complains "RIGHT: "
expect 2 check x 1234567893 claim.submit
complains "NCID: "
expect 2 check front.desk 1234567890 claim.submit
complains "PROVIDER: "
expect 2 explain x 1234567893 claim.submit
complains "NCID: "
expect 1 check nobody.here 1234567893 claim.submit
expect 0 explain front.desk 1234567893 claim.submit
says "claim.submit"
expect 0 explain front.desk 1234567893 claim.submit --language es
says "Denegado: claim.submit."
says NCT_E_RIGHT_MISSING
expect 1 check front.desk 1234567893 claim.submit --language es
complains "pero no este permiso"
complains "Puede cambiarlo"
expect 0 explain front.desk 1234567893 claim.submit --json
json allowed false
json role user

printf '{%s, "role": "user_administrator", "rights": ["claim.submit", "eligibility.inquiry"]}' \
    "$(person uma.admin Uma Admin uma@example.org)" >user.json
expect 1 user add user.json --by front.desk --provider 1234567893
complains "ada.owner"
expect 0 user add user.json --by ada.owner --provider 1234567893
is "$(mails)" 4
holds "the PIN did not go to the user's own address" mailed_to uma@example.org
expect 1 user add user.json --by ada.owner --provider 1234567893
complains "user grant"
expect 2 user add form.json --by ada.owner --provider 1234567893
expect 0 user grant front.desk --by uma.admin --provider 1234567893 --rights claim.submit,eligibility.inquiry
expect 0 check front.desk 1234567893 claim.submit
expect 1 user grant front.desk --by uma.admin --provider 1234567893 --rights pa.submit
expect 1 user grant ada.owner --by ada.owner --provider 1234567893 --rights pa.submit
expect 1 user grant nobody.here --by ada.owner --provider 1234567893 --rights pa.submit
complains "user add"
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights nonsense
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights eft.change
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights "" --role office_administrator
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights "" --until 2013-02-31
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights "" --from 2013-07-02 --until 2013-07-01
expect 2 user grant front.desk --by ada.owner --provider 1234567893 --rights claim.submit --from 2013-07-01 --until 2013-07-02
complains "Last day"
soon=$(date -u -d '+20 seconds' +%Y-%m-%dT%H:%M:%SZ)
expect 0 user grant front.desk --by ada.owner --provider 1234567893 --rights claim.submit --until "$soon"
sleep 21
expect 1 check front.desk 1234567893 claim.submit --json
json status NCT_E_EXPIRED
expect 0 user list --provider 1234567893
says "user_administrator"
expect 0 user list --provider 1234567893 --json
json grants.0.ncid ada.owner
expect 0 user list --ncid jdoe.pharm --json
json grants.0.provider 1234567893
json grants.0.rights '["pa.submit", "pa.inquiry"]'
expect 2 user list
expect 2 user list --ncid a --provider b
# people
expect 0 person show jdoe.pharm --json
json ncid jdoe.pharm
json seen_as operator
expect 0 person show jdoe.pharm --by jdoe.pharm --json
json seen_as own
expect 0 person show jdoe.pharm --by ada.owner --provider 1234567893 --json
json seen_as administrator
json pin_state active
expect 1 person show nobody.here --by ada.owner --provider 1234567893
expect 1 person show ada.owner --by jdoe.pharm --provider 1234567893
expect 0 person list --provider 1234567893 --by ada.owner --json
says ada.owner
expect 0 person find jdoe --in ncid --json
json people.0.ncid jdoe.pharm
expect 2 person find jdoe --in nothing
expect 2 provider change 1234567893 --phone 9195550177
expect 0 provider change 1234567893 --phone 9195550177 --line1 "1 Made Up Street" --city Raleigh --zip 27601-1234 --in-state NC --by ada.owner
expect 1 provider change 1234567893 --phone 9195550177 --by jdoe.pharm
expect 0 provider show 1234567893 --json
json address_zip 276011234
expect 0 provider list --state registered --json
json providers.0.id 1234567893
expect 0 provider list --state terminated
expect 2 provider list --state nonsense
expect 0 person list --provider 1234567893
says "user_administrator"
# people on the record
expect 0 record list --provider 1234567893 --json
json principals.0.ncid ada.owner
expect 2 record list
expect 2 record add lee.lister --provider 1234567893 --relationships owner
complains "First name"
expect 2 record add lee.lister --provider 1234567893 --relationships boss
expect 2 record add lee.lister --provider 1234567893 --relationships owner --from 2013-07-02 --until 2013-07-01
expect 0 record add lee.lister --provider 1234567893 --relationships owner,managing_employee --first-name Lee \
    --last-name Lister --email lee@lister.example.org --until 2099-12-31 --operator casey
expect 0 record list --ncid lee.lister --json
json principals.0.relationships '["owner", "managing_employee"]'
json principals.0.name "Lee Lister"
expect 0 record remove lee.lister --provider 1234567893
expect 1 record remove lee.lister --provider 1234567893
expect 0 record list --ncid lee.lister
says "Nobody stands there."
# contact data
expect 2 contact change front.desk
expect 2 contact change front.desk --phone 9195550177 --by uma.admin
expect 2 contact change front.desk --phone 9195550177 --operator casey
expect 0 contact change front.desk --email front@desk.example.org
expect 0 contact list --json
json requests.0.ncid front.desk
json requests.0.contested false
expect 0 contact show front.desk --json
json email front@desk.example.org
with_line 00000000000000000000000000000000 1 contact confirm front.desk --token-fd 3
expect 1 contact confirm front.desk --operator casey --reason "called back" --email other@desk.example.org
expect 2 contact confirm front.desk --email front@desk.example.org
expect 0 contact withdraw front.desk --operator casey --reason "not theirs"
expect 1 contact withdraw front.desk --operator casey --reason "not theirs"
expect 0 contact change front.desk --email front@desk.example.org --by uma.admin --provider 1234567893
with_line "$(token_of front.desk)" 0 contact confirm front.desk --token-fd 3
silent_about "$(token_of front.desk)"
expect 2 contact settle front.desk --password-fd 3
with_line "not the password" 1 contact settle front.desk --email front@desk.example.org --password-fd 3
expect 0 contact change front.desk --last-name Desk --operator casey --reason "married"
expect 0 contact change front.desk --middle-name Amelia --suffix iii --line1 "1 Made Up Street" --city Raleigh \
    --in-state NC --zip 27601-1234 --phone 9195550177 --phone-extension 42
expect 0 person show front.desk --by front.desk
says "Amelia Desk III"
says "1 Made Up Street"
expect 2 contact change front.desk --one-name --middle-name Amelia
expect 1 access leave ada.owner 1234567893
complains "Office Administrator change"
expect 0 access leave front.desk 1234567893
says "front.desk has no access to 1234567893 any longer."
expect 1 access leave front.desk 1234567893
expect 0 user grant front.desk --by ada.owner --provider 1234567893 --rights claim.submit
expect 0 user revoke front.desk --by ada.owner --provider 1234567893
expect 1 check front.desk 1234567893 eligibility.inquiry
expect 1 user revoke front.desk --by ada.owner --provider 1234567893
expect 0 pin status front.desk --json
json state suspended

# ---- Questions about access ----
at=(--provider 1234567893)
expect 0 access rights jdoe.pharm 1234567893 --json
json rights '["pa.submit", "pa.inquiry"]'
json authorities '[]'
expect 0 access rights uma.admin 1234567893
says "user.administration"
expect 0 access rights nobody.here 1234567893 --json
json rights '[]'
expect 2 access rights x 1234567893
complains "NCID: "
expect 2 access rights jdoe.pharm 1234567890
complains "PROVIDER: "
expect 0 access who-can 1234567893 claim.submit --json
json grants.0.ncid ada.owner
json grants.1.ncid uma.admin
is "$(grep -c '"ncid"' out)" 2
expect 0 access who-can 1234567893 enrollment.submit --json
is "$(grep -c '"ncid"' out)" 1
expect 0 access who-can 1000000012 claim.submit
says "Nobody."
expect 2 access who-can 1234567893 nonsense
complains "RIGHT: "
expect 2 access who-can 1234567890 claim.submit
complains "PROVIDER: "
expect 0 access where-can jdoe.pharm pa.submit --json
json grants.0.provider 1234567893
expect 0 access where-can jdoe.pharm claim.submit
says "Nowhere."
expect 2 access where-can x claim.submit
complains "NCID: "

# ---- What would be done ----
cp nctracks.db before.db
expect 0 user grant jdoe.pharm --by ada.owner "${at[@]}" --rights "pa.submit claim.submit" --role user_administrator \
    --dry-run --json
json role_before user
json role_after user_administrator
json rights_gained '["claim.submit"]'
json rights_lost '["pa.inquiry"]'
says user.administration
json pin_suspended false
expect 0 user revoke jdoe.pharm --by ada.owner "${at[@]}" --dry-run
says "Nothing was changed"
expect 0 user revoke jdoe.pharm --by ada.owner "${at[@]}" --dry-run --json
json role_after null
json pin_suspended true
expect 1 user grant jdoe.pharm --by uma.admin "${at[@]}" --rights fl2.submit --dry-run --json
json status NCT_E_EXCEEDS_OWN
expect 1 user grant jdoe.pharm --by front.desk "${at[@]}" --rights fl2.submit --dry-run
complains "ada.owner"
expect 1 user revoke front.desk --by ada.owner "${at[@]}" --dry-run --json
json status NCT_E_NOT_FOUND
expect 2 user grant jdoe.pharm --by ada.owner "${at[@]}" --rights nonsense --dry-run
expect 0 user grant jdoe.pharm --by ada.owner "${at[@]}" --add claim.submit --remove pa.inquiry --dry-run --json
json role_after user
json rights_gained '["claim.submit"]'
json rights_lost '["pa.inquiry"]'
expect 2 user grant jdoe.pharm --by ada.owner "${at[@]}" --add claim.submit --rights pa.submit
expect 2 user grant jdoe.pharm --by ada.owner "${at[@]}"
complains "--add and --remove"
# a shell is told once who acts and where
expect 2 use
expect 2 use --by "nobody's name"
expect 2 use --provider 1234567890
expect 0 use --by ada.owner --provider 1234567893
is "$(cat out)" "export NCTRACKS_BY='ada.owner'
export NCTRACKS_PROVIDER='1234567893'"
expect 2 user grant jdoe.pharm --add claim.submit --dry-run
complains "--by is required"
(
    eval "$("$program" use --by ada.owner --provider 1234567893)"
    "$program" user grant jdoe.pharm --add claim.submit --dry-run
) >out 2>err || fail "defaults of the shell"
says "claim.submit"
NCTRACKS_BY=uma.admin NCTRACKS_PROVIDER=1234567893 expect 0 user grant jdoe.pharm --by ada.owner --add claim.submit --dry-run
NCTRACKS_PROVIDER=1234567893 expect 0 user list --ncid jdoe.pharm
expect 2 user grant jdoe.pharm --by ada.owner "${at[@]}" --add claim.submit --remove claim.submit
expect 2 user grant jdoe.pharm --by ada.owner "${at[@]}" --add nonsense
expect 1 user grant nobody.here --by ada.owner "${at[@]}" --add claim.submit
expect 0 access rights jdoe.pharm 1234567893 --json
json rights '["pa.submit", "pa.inquiry"]'
holds "something was written" cmp before.db nctracks.db

# ---- Groups ----
expect 0 group list "${at[@]}"
says "There is no group."
expect 0 group set billing --by ada.owner "${at[@]}" --rights "claim.submit claim.inquiry"
expect 1 group set more --by uma.admin "${at[@]}" --rights fl2.submit --json
json status NCT_E_EXCEEDS_OWN
expect 1 group set more --by jdoe.pharm "${at[@]}" --rights pa.submit
complains "ada.owner"
expect 2 group set "Not A Name" --by ada.owner "${at[@]}" --rights ""
expect 2 group set more --by ada.owner "${at[@]}" --rights nonsense
expect 2 group set more --by ada.owner "${at[@]}"
expect 0 group list "${at[@]}" --json
json groups.0.name billing
json groups.0.rights '["claim.submit", "claim.inquiry"]'
expect 2 group list --provider 1234567890
expect 0 group join billing jdoe.pharm --by ada.owner "${at[@]}"
expect 0 check jdoe.pharm 1234567893 claim.submit
expect 0 group members billing "${at[@]}" --json
json grants.0.ncid jdoe.pharm
expect 0 group set billing --by ada.owner "${at[@]}" --rights claim.inquiry
expect 1 check jdoe.pharm 1234567893 claim.submit
expect 0 check jdoe.pharm 1234567893 claim.inquiry
expect 1 group join nothing jdoe.pharm --by ada.owner "${at[@]}"
expect 1 group join billing uma.admin --by ada.owner "${at[@]}" --json
json status NCT_E_STATE
expect 1 group join billing uma.admin --by ada.owner "${at[@]}"
complains "general users"
for i in $(seq 31); do
    "$program" group set "g$i" --by ada.owner "${at[@]}" --rights "" >out 2>err || fail "group $i"
done
expect 1 group set g32 --by ada.owner "${at[@]}" --rights "" --json
json status NCT_E_LIMIT
expect 1 group members nothing "${at[@]}" --json
json status NCT_E_NOT_FOUND
expect 0 group leave billing jdoe.pharm --by ada.owner "${at[@]}"
expect 1 group leave billing jdoe.pharm --by ada.owner "${at[@]}"
expect 0 group members billing "${at[@]}"
says "Nobody is in it."
expect 1 check jdoe.pharm 1234567893 claim.inquiry
expect 0 group remove billing --by ada.owner "${at[@]}"
expect 1 group remove billing --by ada.owner "${at[@]}" --json
json status NCT_E_NOT_FOUND

# ---- Reviewing access ----
expect 0 access unused "${at[@]}" --since 2013-01-01
says "was used or granted since"
expect 0 access unused "${at[@]}" --since 2999-01-01 --json
json grants.0.ncid ada.owner
expect 2 access unused "${at[@]}" --since soon
expect 2 access unused "${at[@]}"
expect 2 access uncertified --provider 1234567890 --since 2013-01-01
expect 0 access certify uma.admin jdoe.pharm --by ada.owner "${at[@]}" --json
json ok true
json refused 0
json answers.1.status NCT_OK
expect 1 access certify jdoe.pharm ada.owner nobody.here --by ada.owner "${at[@]}" --json
json refused 2
json answers.0.status NCT_OK
json answers.1.status NCT_E_SELF_GRANT
json answers.2.status NCT_E_NOT_FOUND
expect 2 access certify jdoe.pharm x --by ada.owner "${at[@]}"
says "1 done, 1 refused."
expect 1 access certify uma.admin --by jdoe.pharm "${at[@]}"
expect 2 access certify --by ada.owner "${at[@]}"
# shellcheck disable=SC2046
expect 2 access certify $(seq -f 'many.people%03g' 101) --by ada.owner "${at[@]}"
complains "too many operands"
expect 0 user list --ncid jdoe.pharm --json
json grants.0.certified_by ada.owner
json grants.0.used_at null
holds "no time of certification" fails grep -q '"certified_at": null' out
expect 0 user list "${at[@]}"
says "CERTIFIED BY"
says "LAST USED"
expect 0 user list --ncid ada.owner --json
holds "changing access is no use" fails grep -q '"used_at": null' out
expect 0 access uncertified "${at[@]}" --since 2999-01-01 --json
json grants.0.ncid ada.owner
expect 0 user grant front.desk --by ada.owner "${at[@]}" --rights claim.inquiry
expect 1 access revoke-many front.desk nobody.here --by ada.owner "${at[@]}" --json
json answers.0.status NCT_OK
json answers.1.status NCT_E_NOT_FOUND
expect 1 check front.desk 1234567893 claim.inquiry

# ---- Access given by two people ----
expect 1 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights pa.submit --json
json status NCT_E_STATE
mkdir two
cp nctracks.db nctracks.key two
printf 'base = 2013\nname = two\nby_two = user\n' >two.profile
expect 0 policy change --db two/nctracks.db --profile-file two.profile --reason "two people from now on"
in_two() { local want=$1; shift; expect "$want" "$@" --db two/nctracks.db; }
in_two 1 user grant jdoe.pharm --by ada.owner "${at[@]}" --rights pa.submit
complains "access propose"
in_two 1 access confirm jdoe.pharm --by uma.admin "${at[@]}" --json
json status NCT_E_NOT_FOUND
in_two 0 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights claim.submit --until 2999-01-01
in_two 1 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights pa.submit --json
json status NCT_E_PENDING
in_two 1 access propose jdoe.pharm --by front.desk "${at[@]}" --rights pa.submit
in_two 1 access propose nobody.here --by ada.owner "${at[@]}" --rights pa.submit
complains "user add"
in_two 2 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights nonsense
in_two 0 access proposals "${at[@]}"
says "ada.owner"
in_two 0 access proposals "${at[@]}" --json
json proposals.0.ncid jdoe.pharm
json proposals.0.rights '["claim.submit"]'
json proposals.0.valid_until 2999-01-02T05:00:00.000Z # the last day ends where the portal is
in_two 1 check jdoe.pharm 1234567893 claim.submit
in_two 1 access confirm jdoe.pharm --by ada.owner "${at[@]}" --json
json status NCT_E_SECOND_PERSON
in_two 1 access confirm jdoe.pharm --by jdoe.pharm "${at[@]}"
complains "ada.owner"
in_two 2 access confirm jdoe.pharm "${at[@]}"
in_two 2 access confirm jdoe.pharm --by uma.admin --operator me "${at[@]}"
in_two 0 access confirm jdoe.pharm --by uma.admin "${at[@]}"
in_two 0 check jdoe.pharm 1234567893 claim.submit
in_two 0 access proposals "${at[@]}"
says "Nothing waits"
in_two 0 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights pa.submit
in_two 0 access reject jdoe.pharm --by uma.admin "${at[@]}"
in_two 1 access reject jdoe.pharm --by uma.admin "${at[@]}" --json
json status NCT_E_NOT_FOUND
in_two 0 access propose jdoe.pharm --by ada.owner "${at[@]}" --rights pa.submit
in_two 0 access confirm jdoe.pharm --operator "Call Center" "${at[@]}"
in_two 0 check jdoe.pharm 1234567893 pa.submit
in_two 2 access proposals --provider 1234567890
rm -r two before.db

# ---- A new provider that names its Office Administrator ----
cat >enroll.json <<FORM
{"provider": {"npi": "1000000079", "kind": "organization", "name": "New Practice", "tax_id": "56-0000009",
              "email": "new@example.com", "phone": "919-555-0120"},
 "office_administrator": {$(person nora.newest Nora Newest nora@example.com), "relationship": "managing_employee"},
 "eft": {"routing_number": "053999993", "account_number": "12-34", "account_type": "savings",
         "account_holder": "New Practice"}}
FORM
expect 0 provider enroll enroll.json --codes new.csv --json
json provider 1000000079
is "$(mode_of new.csv)" 600
is "$(wc -l <new.csv)" 2
expect 0 provider show 1000000079 --json
json state registered
holds "the PIN did not go to the Office Administrator" mailed_to nora@example.com
expect 1 provider enroll enroll.json --codes new2.csv
holds "a codes file without codes was left" test ! -e new2.csv
expect 2 provider enroll form.json --codes new2.csv

# ---- Passwords and PINs ----
expect 2 password set jdoe.pharm --password-fd 99
expect 2 password set jdoe.pharm --password-fd x
with_line "correct horse battery" 0 password set jdoe.pharm --password-fd 3
with_line $'owner\'s pass phrase\n' 0 password set ada.owner --password-fd 3 --operator "Test Operator" --json
json ok true
silent_about "owner's pass phrase"
with_line "" 2 password set jdoe.pharm --password-fd 3
with_line "unheard of words" 1 password set nobody.here --password-fd 3
with_line short 2 password set jdoe.pharm --password-fd 3

# ---- Invitations ----
at=(--provider 1234567893)
with_line "correct horse battery" 0 password set front.desk --password-fd 3
expect 1 check front.desk 1234567893 claim.inquiry
expect 0 invitation list --ncid front.desk
says "No invitation waits."
expect 2 invitation list
expect 2 invitation list "${at[@]}" --ncid front.desk
expect 1 invitation send front.desk --by front.desk "${at[@]}" --rights claim.inquiry
complains "Ada"
expect 1 invitation send nobody.here --by ada.owner "${at[@]}" --rights claim.inquiry
complains "e-mail address"
expect 2 invitation send front.desk --by ada.owner "${at[@]}" --rights nonsense
expect 0 invitation send front.desk --by ada.owner "${at[@]}" --rights claim.inquiry --until 2999-01-01
says "Nothing is given before they accept."
expect 1 invitation send front.desk --by ada.owner "${at[@]}" --rights claim.inquiry --json
json status NCT_E_PENDING
expect 0 invitation list --ncid front.desk --json
json invitations.0.invited_by ada.owner
json invitations.0.rights '["claim.inquiry"]'
expect 1 check front.desk 1234567893 claim.inquiry
cat >accept.json <<FORM
{"provider": {"npi": "1234567893"}, "invited": {"ncid": "front.desk"}}
FORM
with_line "not the password" 1 invitation accept accept.json --password-fd 3
with_line "correct horse battery" 0 invitation accept accept.json --password-fd 3
expect 0 check front.desk 1234567893 claim.inquiry
with_line "correct horse battery" 1 invitation accept accept.json --password-fd 3 --json
json status NCT_E_INVITATION
expect 0 access leave front.desk 1234567893
expect 0 invitation send front.desk --by ada.owner "${at[@]}" --rights claim.inquiry
expect 0 invitation decline "${at[@]}" --by front.desk
expect 1 invitation decline "${at[@]}" --by front.desk
expect 0 invitation send somebody@desk.example.org --by ada.owner "${at[@]}" --rights "" --mail-language es --json
invitation=$(python3 -c 'import json; print(json.load(open("out"))["id"])')
expect 1 invitation send-again "$invitation" --by front.desk "${at[@]}"
expect 0 invitation send-again "$invitation" --by ada.owner "${at[@]}"
says "no longer works"
with_line 00000000000000000000000000000000 1 invitation decline "${at[@]}" --code-fd 3
expect 0 invitation list "${at[@]}"
says "somebody@desk.example.org"
expect 0 invitation take-back "$invitation" --by ada.owner "${at[@]}"
expect 1 invitation take-back "$invitation" --by ada.owner "${at[@]}"
expect 2 invitation take-back nonsense --by ada.owner "${at[@]}"
expect 0 invitation list "${at[@]}"
says "No invitation waits."
with_line $'correct horse battery\nanother horse battery' 0 password change jdoe.pharm --password-fd 3 --new-password-fd 3
with_line $'another horse battery\ncorrect horse battery' 0 password change jdoe.pharm --password-fd 3 --new-password-fd 3
with_line $'not the one\nanother horse battery' 1 password change jdoe.pharm --password-fd 3 --new-password-fd 3
expect 0 password forgotten jdoe.pharm
expect 0 password forgotten nobody.here
expect 0 mail flush
with_line $'00000000000000000000000000000000\nanother horse battery' 1 password reset jdoe.pharm --code-fd 3 --new-password-fd 3
expect 0 password send-code jdoe.pharm --reason "called"
expect 1 password send-code nobody.here --reason "called"
expect 0 password unlock jdoe.pharm --reason "called"
expect 0 password status jdoe.pharm --json
json state active
json failures 0
expect 1 password status nobody.here
expect 0 session list jdoe.pharm --json
expect 0 session end jdoe.pharm --reason "laptop stolen"
expect 1 session end nobody.here --reason "laptop stolen"
expect 0 pin status jdoe.pharm --json
json state active
json failures 0
expect 1 pin status nobody.here

# ---- Signing ----
printf '{"request": "pharmacy prior approval", "drug": "made up"}' >document.json
printf 'I certify that what I submit is true.\n' >attestation.txt
sign() { # LINES CODE NCID KIND WORD...
    local lines=$1 want=$2 ncid=$3 kind=$4
    shift 4
    with_line "$lines" "$want" sign --ncid "$ncid" --provider 1234567893 --kind "$kind" --document document.json \
        --document-id PA-1 --document-version 1 --attestation attestation.txt --attestation-version 2013-07 \
        --password-fd 3 --pin-fd 3 "$@"
}
jo_pin=$(pin_of jdoe.pharm)
ada_pin=$(pin_of ada.owner)
is "${#jo_pin}" 6
is "${#ada_pin}" 6
sign $'correct horse battery\n'"$jo_pin"$'\n' 0 jdoe.pharm pharmacy_pa --json
json submission pharmacy_pa
json signer "Jo Doë"
json profile 2013
silent_about "$jo_pin"
silent_about "correct horse"
signature=$(python3 -c 'import json; print(json.load(open("out"))["id"])')
wrong_pin=$(((10#$jo_pin + 1) % 1000000))
sign $'correct horse battery\n'"$(printf %06d "$wrong_pin")" 1 jdoe.pharm pharmacy_pa
complains "1-800-688-6696"
complains "NCTracksprovider@nctracks.com"
expect 0 pin status jdoe.pharm --json
json failures 1
sign $'wrong password\n'"$jo_pin" 1 jdoe.pharm pharmacy_pa --json
json status NCT_E_DENIED
sign $'correct horse battery\n'"$jo_pin" 1 jdoe.pharm enrollment
complains "ada.owner"
sign $'correct horse battery\n'"$jo_pin" 1 jdoe.pharm enrollment --json
json status NCT_E_NO_AUTHORITY
json explanation.helper_ncid ada.owner
sign $'owner\'s pass phrase\n'"$ada_pin" 0 ada.owner recredentialing
says "recredentialing"

# ---- The signature agreement ----
expect 0 agreement show jdoe.pharm --json
json accepted true
mkdir asked
cp nctracks.db nctracks.key asked
printf 'I agree that my electronic signature binds me.\n' >agreement.txt
digest=$(python3 -c 'import hashlib; print(hashlib.blake2b(open("agreement.txt", "rb").read(), digest_size=32).hexdigest())')
printf 'base = 2013\nagreement.version = 2026-05\nagreement.digest = %s\n' "$digest" >asked.profile
expect 0 policy change --db asked/nctracks.db --profile-file asked.profile --reason "an agreement from now on"
sign $'correct horse battery\n'"$jo_pin" 1 jdoe.pharm pharmacy_pa --db asked/nctracks.db
complains "nctracks agreement accept"
agree() { # LINES CODE WORD...
    local lines=$1 want=$2
    shift 2
    with_line "$lines" "$want" agreement accept jdoe.pharm --password-fd 3 --pin-fd 3 --db asked/nctracks.db "$@"
}
agree $'correct horse battery\n'"$jo_pin" 2 --text attestation.txt --agreement-version 2026-05
agree $'correct horse battery\n'"$jo_pin" 2 --text agreement.txt --agreement-version 2026-04
agree $'wrong password\n'"$jo_pin" 1 --text agreement.txt --agreement-version 2026-05
agree $'correct horse battery\n'"$jo_pin" 0 --text agreement.txt --agreement-version 2026-05
silent_about "$jo_pin"
expect 0 agreement show jdoe.pharm --db asked/nctracks.db --json
json accepted true
json accepted_version 2026-05
json accepted_digest "$digest"
sign $'correct horse battery\n'"$jo_pin" 0 jdoe.pharm pharmacy_pa --db asked/nctracks.db
with_line $'correct horse battery\n'"$jo_pin" 1 agreement accept jdoe.pharm --password-fd 3 --pin-fd 3 --text agreement.txt \
    --agreement-version 2026-05
complains "agreement.digest"
rm -r asked

sign $'x\ny' 2 ada.owner nonsense --json
json status NCT_E_PROBLEMS
json problems.0.path submission.kind
expect 2 sign --ncid ada.owner
head -c 17000000 /dev/zero >large.bin
with_line x 2 sign --ncid ada.owner --provider 1234567893 --kind fl2 --document large.bin --document-id x \
    --document-version 1 --attestation attestation.txt --attestation-version 1 --password-fd 3 --pin-fd 3
complains "16 MiB"

expect 0 signature list --provider 1234567893 --json
json signatures.1.ncid ada.owner
expect 0 signature list --provider 1234567893
says "$signature"
expect 0 signature show "$signature" --provider 1234567893
says "Jo Doë"
expect 0 signature show "$signature" --provider 1234567893 --document document.json
says "is the document that was signed"
printf ' ' >>document.json
expect 1 signature show "$signature" --provider 1234567893 --document document.json
expect 1 signature show "$signature" --provider 1234567893 --document document.json --json
json matches false
json status NCT_E_DOCUMENT
expect 1 signature show "${signature//[0-9]/0}" --provider 1234567893

# ---- Receipts ----
expect 0 receipt list --provider 1234567893 --json
json receipts.0.id "$signature"
expect 0 receipt list --ncid jdoe.pharm
says "$signature"
expect 1 receipt list --ncid nobody.here --json
json status NCT_E_UNKNOWN_PERSON
expect 2 receipt list
expect 2 receipt list --ncid a --provider b
expect 0 receipt show 1234567893 "$signature" -o jo.cose
says "Signed by:    Jo Doë (NCID jdoe.pharm)"
is "$(mode_of jo.cose)" 600
expect 3 receipt show 1234567893 "$signature" --output jo.cose
complains "new file"
expect 0 receipt show 1234567893 "$signature" --language es
says "Firma electrónica $signature"
expect 0 receipt show 1234567893 "$signature" --json
json document_id "$(sed -n 's/^Document: *\(.*\), version.*/\1/p' <("$program" receipt show 1234567893 "$signature"))"
expect 1 receipt show 1234567893 "${signature//[0-9]/0}"
expect 2 receipt show 1234567893 nonsense
expect 2 receipt keys
expect 0 receipt keys -o jo.keys
says "jo.keys"
expect 2 receipt list --provider 1234567893 -o x
mkdir afar # without database and key file
mv jo.cose jo.keys afar
head -c -1 document.json >afar/document.json
cd afar
expect 0 receipt verify jo.cose --keys jo.keys
says "The receipt is right."
expect 0 receipt verify jo.cose --keys jo.keys --document document.json
says "this is the document that was signed"
expect 0 receipt verify jo.cose --keys jo.keys --json
json id "$signature"
printf ' ' >>document.json
expect 1 receipt verify jo.cose --keys jo.keys --document document.json --json
json status NCT_E_DOCUMENT
expect 1 receipt verify jo.cose --keys jo.cose --json
json status NCT_E_ENCODING
head -c -1 jo.cose >short.cose
expect 1 receipt verify short.cose --keys jo.keys --json
json status NCT_E_ENCODING
{ head -c -1 jo.cose; printf x; } >forged.cose
expect 1 receipt verify forged.cose --keys jo.keys --json
json status NCT_E_SIGNATURE
"$program" init >out
expect 0 receipt keys --output other.keys
expect 1 receipt verify jo.cose --keys other.keys --json
json status NCT_E_UNKNOWN_KEY
expect 2 receipt verify jo.cose
expect 3 receipt verify missing.cose --keys jo.keys
cd ..
rm -r afar

# ---- Resetting and losing a PIN ----
before=$(mails)
with_line "wrong" 1 pin reset jdoe.pharm --password-fd 3
complains "1-800-688-6696"
with_line "correct horse battery" 0 pin reset jdoe.pharm --password-fd 3
is "$(mails)" $((before + 1))
sign $'correct horse battery\n'"$jo_pin" 1 jdoe.pharm pharmacy_pa
new_pin=$(pin_of jdoe.pharm)
sign $'correct horse battery\n'"$new_pin" 0 jdoe.pharm medical_pa
expect 2 language set jdoe.pharm tlh
expect 1 language set no.such.person es
expect 0 language set jdoe.pharm es
mkdir spanish
expect 0 pin reset jdoe.pharm --by ada.owner --provider 1234567893 --mail-dir spanish
if python3 - <<'CHECK'; then pass; else fail "a Spanish mail is not proper, or not Spanish"; fi
import email, email.policy, glob
files = glob.glob("spanish/*.eml")
assert len(files) == 1
raw = open(files[0], "rb").read()
mail = email.message_from_bytes(raw, policy=email.policy.default)
assert not mail.defects and raw.decode("ascii")
assert mail["Subject"] == "Su nuevo PIN de NCTracks para el NCID jdoe.pharm", mail["Subject"]
assert mail["Content-Language"] == "es"
assert "Número de Identificación Personal" in mail.get_content() and "PIN: " in mail.get_content()
CHECK
expect 0 language set jdoe.pharm en
expect 2 pin reset jdoe.pharm --by ada.owner --provider 1234567893 --mail-language tlh
expect 0 pin reset jdoe.pharm --by ada.owner --provider 1234567893
expect 1 pin reset ada.owner --by uma.admin --provider 1234567893
expect 0 pin reset jdoe.pharm --operator "Call Center, desk 7" --reason "caller forgot it" --json
json mails_waiting 0
is "$(mails)" $((before + 4)) "the mails of three PINs and of a signature"
expect 2 pin reset jdoe.pharm --operator me
expect 2 pin reset jdoe.pharm --by ada.owner
expect 2 pin reset jdoe.pharm --by ada.owner --provider 1234567893 --operator me --reason x
expect 0 pin report-lost jdoe.pharm
expect 0 pin status jdoe.pharm --json
json state lost
expect 0 pin report-lost uma.admin --by ada.owner --provider 1234567893
expect 2 pin report-lost uma.admin --by ada.owner
expect 1 pin report-lost ada.owner --by jdoe.pharm --provider 1234567893
complains "ada.owner"
expect 0 pin report-lost nora.newest --operator "Call Center" --reason "seen by others"
expect 1 pin report-lost nobody.here
silent_about "$(pin_of jdoe.pharm)"

# ---- Ledger ----
expect 0 audit show person:jdoe.pharm --json
json entries.0.sequence 1
expect 0 audit show provider:1234567893
says "ada.owner"
for pin in "$jo_pin" "$ada_pin" "$new_pin"; do
    holds "a PIN is in the ledger" fails grep -qE "(^|[^0-9])$pin([^0-9]|$)" out
done
expect 0 audit show provider:1234567893 --json
holds "rights are masks" fails grep -qE 'rights [0-9a-f]{16}' out
holds "rights have no names" grep -q 'user, rights pa.submit pa.inquiry' out
expect 2 audit show nonsense
expect 1 audit show person:nobody.here
expect 0 audit verify
expect 0 audit verify --all --json
json streams.0.verdict VALID_BUT_UNANCHORED
expect 0 audit verify provider:1234567893
expect 2 audit verify provider:1234567893 --all

# ---- Checkpoints ----
expect 1 checkpoint show
expect 0 checkpoint make --output first.cose --leaves first.leaves --keys portal.keys --json
json number 1
expect 3 checkpoint make --output first.cose
complains "first.cose"
expect 0 checkpoint show --json
json number 1
expect 0 checkpoint make
expect 0 checkpoint show 2 --output second.cose
expect 0 checkpoint make --output third.cose
expect 0 checkpoint make --output fourth.cose --leaves fourth.leaves
says "Streams"
expect 0 checkpoint prove provider:1234567893 --output fourth.proof
expect 2 checkpoint prove nonsense --output x.proof
expect 1 checkpoint prove person:nobody.here --output x.proof
expect 0 checkpoint show
says "4"
expect 0 checkpoint show 2 --json
json number 2
expect 1 checkpoint show 9
expect 2 checkpoint show x
expect 2 checkpoint show 0
mkdir elsewhere
mv first.cose first.leaves second.cose third.cose fourth.cose fourth.leaves fourth.proof portal.keys elsewhere
cd elsewhere
expect 0 checkpoint verify first.cose --keys portal.keys
expect 0 checkpoint verify fourth.cose --keys portal.keys --previous third.cose --json
json number 4
expect 0 checkpoint verify third.cose --keys portal.keys --previous second.cose
expect 1 checkpoint verify fourth.cose --keys portal.keys --previous first.cose
expect 1 checkpoint verify portal.keys --keys portal.keys
expect 2 checkpoint verify first.cose
expect 3 checkpoint verify missing.cose --keys portal.keys
python3 - <<'END'
changed = bytearray(open("first.cose", "rb").read())
changed[-1] ^= 1
open("changed.cose", "wb").write(changed)
END
expect 1 checkpoint verify changed.cose --keys portal.keys
# A reader written from doc/checkpoint.cddl alone says the same.
reader=$here/../../../tests/evidence/verify_checkpoint.py
if python3 -c 'import cryptography' 2>/dev/null; then
    holds "the independent reader" python3 "$reader" --sweep portal.keys fourth.cose --leaves fourth.leaves \
        --previous third.cose --proof fourth.proof >out 2>err
    says "number: 4"
    holds "a changed checkpoint" fails python3 "$reader" portal.keys changed.cose >out 2>err
    holds "another one before" fails python3 "$reader" portal.keys fourth.cose --previous first.cose >out 2>err
    holds "a proof of another" fails python3 "$reader" portal.keys first.cose --proof fourth.proof >out 2>err
fi
cd ..
expect 0 checkpoint compare elsewhere/first.cose --keys elsewhere/portal.keys --leaves elsewhere/first.leaves --json
json verdict VALID
expect 0 pin report-lost uma.admin --operator me --reason test
expect 0 checkpoint compare elsewhere/fourth.cose --keys elsewhere/portal.keys --leaves elsewhere/fourth.leaves
expect 0 checkpoint make --output elsewhere/fifth.cose
expect 0 checkpoint compare elsewhere/fourth.cose --keys elsewhere/portal.keys --leaves elsewhere/fourth.leaves
expect 1 checkpoint compare elsewhere/fifth.cose --keys elsewhere/portal.keys --leaves elsewhere/fourth.leaves
rm -r elsewhere

# ---- Keys ----
mkdir keys
cp nctracks.db nctracks.key nctracks.profile keys
in_keys() { "$@" --db keys/nctracks.db --mail-dir mail; }
in_keys expect 0 key list --json
json keys.0.state current
json keys.0.master_key held
first_key=$(python3 -c 'import json; print(json.load(open("out"))["keys"][0]["key"])')
in_keys expect 0 audit show "key:$first_key"
says "key.announced"
in_keys expect 1 key revoke "$first_key" --from 2020-01-01 --reason test
complains "rotated away first"
in_keys expect 0 receipt keys -o keys/before.cbor
in_keys expect 2 key rotate
in_keys expect 3 key rotate --new-key keys/new.key --key keys/none.key
holds "no key is made for a portal that does not open" fails test -e keys/new.key
in_keys expect 0 key rotate --new-key keys/new.key --operator me --json
json made true
json key_file keys/new.key
is "$(mode_of keys/new.key)" 600
in_keys expect 1 key rotate --new-key keys/new.key
complains "announced before"
in_keys expect 3 key rotate --new-key keys/third.key
complains "see --further-keys"
rm -f keys/third.key
in_keys expect 3 provider list --key keys/new.key
complains "further-keys"
in_keys expect 0 provider list --key keys/new.key --further-keys keys/nctracks.key
in_keys expect 2 provider list --key keys/new.key --further-keys keys/nctracks.key,keys/nctracks.key
complains "given twice"
in_keys expect 3 provider list --key keys/new.key --further-keys keys/none.key
in_keys expect 2 key rekey --limit 0
in_keys expect 1 key rekey --further-keys keys/new.key
complains "not the current one"
in_keys expect 0 key rekey --limit 10 --key keys/new.key --further-keys keys/nctracks.key --json
json done false
json seen 10
in_keys expect 0 key rekey --key keys/new.key --further-keys keys/nctracks.key --json
json done true
json left 0
in_keys expect 0 key list --key keys/new.key --further-keys keys/nctracks.key
says "no longer needed"
in_keys expect 2 key revoke "$first_key" --from yesterday --reason test --key keys/new.key
in_keys expect 2 key revoke nonsense --from 2020-01-01 --reason test --key keys/new.key
in_keys expect 1 key revoke 0123456789abcdef --from 2020-01-01 --reason test --key keys/new.key
in_keys expect 2 key revoke "$first_key" --from 2999-01-01 --reason test --key keys/new.key
in_keys expect 0 evidence 1234567893 -o keys/before.tar --key keys/new.key
expect 0 verify keys/before.tar --keys keys/before.cbor --json
in_keys expect 0 key revoke "$first_key" --from 2020-01-01 --reason "tape lost" --key keys/new.key
rm keys/nctracks.key
in_keys expect 0 key list --key keys/new.key --json
json keys.0.state compromised
json keys.0.master_key "let go"
json keys.1.state current
in_keys expect 0 audit verify --key keys/new.key
in_keys expect 0 receipt keys -o keys/after.cbor --key keys/new.key
expect 1 verify keys/before.tar --keys keys/after.cbor
complains "compromised"
rm -r keys

# ---- Evidence files ----
# remade FROM TO WHAT NAME: a copy of a tar in which a member is flipped (one bit, in its middle), cut, dropped, doubled,
# renamed, or a link.
remade() {
    python3 - "$@" <<'REMADE'
import io, sys, tarfile
source, target, what, name = sys.argv[1:5]
with tarfile.open(source) as old, tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as new:
    for member in old.getmembers():
        content = bytearray(old.extractfile(member).read())
        times = 1
        if member.name.startswith(name) or name == "*":
            if what.startswith("flip"):
                content[int(what[4:] or len(content) // 2)] ^= 1
            elif what == "cut":
                del content[-1:]
            elif what == "rename":
                member.name = sys.argv[5]
            elif what == "link":
                member.type, member.linkname, content = tarfile.SYMTYPE, "/etc/passwd", b""
            times = {"drop": 0, "double": 2}.get(what, 1)
            name = name if what == "drop" else "\0"
        member.size = len(content)
        for _ in range(times):
            new.addfile(member, io.BytesIO(content))
REMADE
}
expect 0 checkpoint make
expect 0 evidence 1234567893 -o all.tar
says "The evidence is in all.tar"
is "$(mode_of all.tar)" 600
holds "a partial file was left" fails compgen -G 'all.tar.*' >/dev/null
expect 0 evidence 1234567893 --output again.tar --json
json repudiations 0
json receipts 3
holds "two files of the same evidence differ" cmp all.tar again.tar
printf 'mine' >mine.tar
expect 3 evidence 1234567893 -o mine.tar
complains "new file"
is "$(cat mine.tar)" mine "an existing file"
expect 2 evidence 1234567893
expect 2 evidence 1234567890 -o x.tar
expect 1 evidence nonsense -o x.tar
expect 2 evidence 1234567893 -o x.tar --from yesterday
expect 2 evidence 1234567893 -o x.tar --from 2030-01-01 --to 2030-01-01
expect 3 evidence 1234567893 -o missing/x.tar
holds "a file was left" test ! -e x.tar
expect 0 evidence 1234567893 -o past.tar --to 2013-01-01 --json
json receipts 0
expect 0 evidence 1234567893 -o recent.tar --from 2013-01-01T00:00:00Z --to 9999-01-01 --json
json receipts 3
expect 0 receipt keys -o portal.keys
sign $'owner\'s pass phrase\n'"$ada_pin" 0 ada.owner recredentialing
expect 0 evidence 1234567893 -o later.tar --json
json receipts 4
mkdir stranger # without database and key file
mv all.tar past.tar recent.tar later.tar portal.keys stranger
cd stranger
expect 0 verify all.tar --keys portal.keys
says "VALID: everything"
expect 0 verify all.tar --keys portal.keys --json
json verdict VALID
json provider 1234567893
expect 0 verify all.tar
says "anybody could have made such a file"
says "prove nothing about whose they are"
expect 0 verify all.tar --json
json verdict VALID_BUT_UNANCHORED
json keys inside
for file in past recent; do
    expect 0 verify $file.tar --keys portal.keys --json
    json verdict VALID
done
expect 0 verify later.tar --keys portal.keys --json
json verdict VALID_BUT_UNANCHORED
holds "the extracted text" tar -xf all.tar
is "$(tar -tf all.tar | head -1)" README.txt
holds "the receipt alone" "$program" receipt verify receipts/"$signature".cose --keys portal.keys >out
for member in README.txt keys.cose receipts/"$signature".cose receipts/"$signature".txt ledger/ \
    checkpoint/checkpoint.cose checkpoint/proof.cbor; do
    for change in flip cut drop double; do
        [[ $change$member == dropREADME.txt ]] && continue
        remade all.tar changed.tar $change "$member"
        expect 1 verify changed.tar --json
        json verdict TAMPERED
        expect 1 verify changed.tar --keys portal.keys
    done
done
# the last entry of the ledger, which nothing follows: the checkpoint tells, or the README
remade all.tar changed.tar flip$(($(stat -c %s ledger/*) - 40)) ledger/
expect 1 verify changed.tar
remade later.tar changed.tar flip$(($(tar -xOf later.tar --wildcards 'ledger/*' | wc -c) - 40)) ledger/
expect 1 verify changed.tar
remade all.tar changed.tar drop ledger/
expect 1 verify changed.tar
complains "ledger/provider-1234567893.cborseq: missing"
remade all.tar changed.tar drop checkpoint/ # what vouches for the ledger
expect 1 verify changed.tar --keys portal.keys
remade all.tar changed.tar drop receipts/
expect 1 verify changed.tar --keys portal.keys
remade all.tar changed.tar drop receipts/"$signature" # with its text, and a README that tells of the rest
remade changed.tar dropped.tar flip"$(grep -abo 'Receipts:       3' README.txt | cut -d: -f1 | awk '{print $1 + 16}')" README.txt
is "$(tar -xOf dropped.tar README.txt | sed -n 's/^Receipts: *//p')" 2
expect 1 verify dropped.tar --keys portal.keys
complains "missing: the ledger tells of this signature"
for name in /etc/passwd ../x receipts/../../x receipts/x.cose extra; do
    remade all.tar changed.tar rename receipts/"$signature".txt "$name"
    expect 1 verify changed.tar
    complains "$name"
done
remade all.tar changed.tar rename receipts/"$signature".cose receipts/"${signature//[0-9]/0}".cose
expect 1 verify changed.tar
remade all.tar changed.tar link keys.cose
expect 1 verify changed.tar
# Somebody with a copied master key signs another meaning into a receipt, and into the text beside it: right by itself,
# but the ledger tells of other bytes.
if python3 -c 'import cryptography' 2>/dev/null; then
    python3 - all.tar forged.tar receipts/"$signature" ../nctracks.key <<'FORGED'
import hashlib, io, sys, tarfile
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
source, target, name, key_file = sys.argv[1:5]
# crypto_kdf of libsodium: purpose 6, context "nctracks"
seed = hashlib.blake2b(digest_size=32, key=bytes.fromhex(open(key_file).read().strip()),
                       salt=(6).to_bytes(16, "little"), person=b"nctracks".ljust(16, b"\0")).digest()
key = Ed25519PrivateKey.from_private_bytes(seed)
def bstr(content):
    head = bytes([0x40 + len(content)]) if len(content) < 24 else \
        b"\x58" + bytes([len(content)]) if len(content) < 256 else b"\x59" + len(content).to_bytes(2, "big")
    return head + content
def forge(receipt):
    protected = receipt[4:4 + receipt[3]] if receipt[2] == 0x58 else None
    at = 4 + len(protected) + 1 # tag, array, protected header, empty map
    long = receipt[at] == 0x59
    length = int.from_bytes(receipt[at + 1:at + (3 if long else 2)], "big")
    at += 3 if long else 2
    payload = receipt[at:at + length].replace(b"Signed and submitted", b"Signed and SUBMITTED")
    to_be_signed = b"\x84\x6aSignature1" + bstr(protected) + b"\x40" + bstr(payload)
    return receipt[:at] + payload + b"\x58\x40" + key.sign(to_be_signed)
with tarfile.open(source) as old, tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as new:
    for member in old.getmembers():
        content = old.extractfile(member).read()
        if member.name == name + ".cose":
            content = forge(content)
        elif member.name == name + ".txt":
            content = content.replace(b"Signed and submitted", b"Signed and SUBMITTED")
        new.addfile(member, io.BytesIO(content))
FORGED
    tar -xOf forged.tar receipts/"$signature".cose >forged.cose
    expect 0 receipt verify forged.cose --keys portal.keys
    says "SUBMITTED"
    expect 1 verify forged.tar --keys portal.keys
    complains "another receipt than the one the ledger tells of"
fi
head -c 8192 all.tar >short.tar
expect 1 verify short.tar
for file in portal.keys receipts/"$signature".txt; do
    expect 2 verify "$file"
done
: >empty.tar
expect 2 verify empty.tar
tar -cf foreign.tar portal.keys
expect 2 verify foreign.tar
complains "is no evidence file"
gzip -k all.tar
expect 2 verify all.tar.gz
remade all.tar changed.tar flip3 README.txt
expect 2 verify changed.tar
expect 2 verify
expect 3 verify missing.tar
expect 3 verify all.tar --keys missing.keys
expect 1 verify all.tar --keys all.tar # which are no keys
mkdir foreign
(cd foreign && "$program" init >/dev/null 2>&1 && "$program" receipt keys -o keys >/dev/null)
expect 1 verify all.tar --keys foreign/keys
says "UNUSED"
expect 1 verify all.tar --keys foreign/keys --json
json verdict TAMPERED
cd ..
rm -r stranger mine.tar again.tar

# ---- What was reviewed, signed once, repudiated ----
content() { # COMMAND ID WORD...
    local command=$1 id=$2
    shift 2
    printf '%s\0' "$command" --ncid ada.owner --provider 1234567893 --kind recredentialing --document document.json \
        --document-id "$id" --document-version 1 --attestation attestation.txt --attestation-version 2013-07 "$@"
}
owners() { # CODE ID WORD...: Ada signs
    local want=$1
    mapfile -d '' words < <(content sign "${@:2}" --password-fd 3 --pin-fd 3)
    with_line $'owner\'s pass phrase\n'"$(pin_of ada.owner)" "$want" "${words[@]}"
}
reviewed() { # ID: leaves the token
    mapfile -d '' words < <(content review "$1" --json)
    expect 0 "${words[@]}"
    token=$(python3 -c 'import json; print(json.load(open("out"))["token"])')
}
reviewed R-1
is "${#token}" 32
owners 1 R-2 --review "$token" --json
json status NCT_E_REVIEW
owners 0 R-1 --review "$token" --json
owners 1 R-1 --review "$token" --json
json status NCT_E_REVIEW
reviewed R-3
printf ' ' >>document.json
owners 1 R-3 --review "$token"
expect 2 review --ncid ada.owner
mapfile -d '' words < <(content review R-3 --json)
expect 2 "${words[@]/recredentialing/nonsense}"
json problems.0.path submission.kind
owners 0 I-1 --idempotency-key order-1 --json
signature=$(python3 -c 'import json; print(json.load(open("out"))["id"])')
owners 0 I-1 --idempotency-key order-1 --json
json id "$signature"
owners 1 I-2 --idempotency-key order-1 --json
json status NCT_E_REPEATED
owners 0 I-2 --idempotency-key order-2 --json
other=$(python3 -c 'import json; print(json.load(open("out"))["id"])')
holds "another key made the same signature" test "$other" != "$signature"

repudiate() { # PASSWORD CODE WORD...
    local password=$1 want=$2
    shift 2
    with_line "$password" "$want" receipt repudiate 1234567893 "$@" --ncid ada.owner --password-fd 3
}
expect 0 receipt keys -o portal.keys
expect 0 receipt show 1234567893 "$signature" -o ada.cose --json
json repudiated false
expect 1 receipt repudiation 1234567893 "$signature" -o x.cose
repudiate "wrong" 1 "$signature" --reason "not mine" --json
json status NCT_E_DENIED
repudiate "owner's pass phrase" 2 "$signature" --reason "" --json
repudiate "owner's pass phrase" 3 "$signature" --reason "not mine" -o ada.cose
repudiate "owner's pass phrase" 0 "$signature" --reason "not mine" -o declaration.cose
repudiate "owner's pass phrase" 1 "$signature" --reason "not mine" --json
json status NCT_E_REPUDIATED
expect 2 receipt repudiate 1234567893 "$signature" --ncid ada.owner
expect 0 receipt repudiation 1234567893 "$signature" -o again.cose
holds "the declaration is another" cmp declaration.cose again.cose
expect 0 receipt show 1234567893 "$signature" --json
json repudiated true
expect 0 receipt show 1234567893 "$signature"
says "The signer repudiated this signature"
expect 0 receipt show 1234567893 "$other" -o other.cose
expect 0 receipt verify ada.cose --keys portal.keys --repudiation declaration.cose
says "The signer repudiated this signature at 2"
says "The receipt is right."
expect 1 receipt verify other.cose --keys portal.keys --repudiation declaration.cose --json
json status NCT_E_DOCUMENT
expect 1 receipt verify other.cose --keys portal.keys --repudiation declaration.cose
complains "declaration.cose: "
expect 1 receipt verify ada.cose --keys portal.keys --repudiation other.cose --json
json status NCT_E_UNSUPPORTED
expect 1 receipt verify declaration.cose --keys portal.keys
complains "declaration.cose: "

# ---- Checkpoints that go out by mail ----
before=$(mails)
expect 2 checkpoint make --mail nobody
expect 0 checkpoint show --json
number=$(python3 -c 'import json; print(json.load(open("out"))["number"])')
expect 0 checkpoint make --mail keeper@archive.example.org --leaves kept.leaves --json
json number $((number + 1))
json mailed_to keeper@archive.example.org
is "$(mails)" $((before + 1))
cp "$(grep -l keeper@archive.example.org mail/*.eml)" kept.eml
expect 0 checkpoint verify kept.eml --keys portal.keys --json
json number $((number + 1))
expect 0 checkpoint show --output kept.cose
expect 0 checkpoint verify kept.cose --keys portal.keys
expect 0 checkpoint compare kept.eml --keys portal.keys --leaves kept.leaves
sed 's/^\(d2[0-9a-f]*\)[0-9a-f]\(\r\?\)$/\1\2/' kept.eml >cut.eml # a digit of its first line is lost
expect 1 checkpoint verify cut.eml --keys portal.keys
complains "cut.eml: "
expect 0 checkpoint mail other@archive.example.org "$number" --json
is "$(mails)" $((before + 2))
expect 1 checkpoint mail other@archive.example.org 999
expect 2 checkpoint mail other@archive.example.org x
expect 2 checkpoint mail nobody
if python3 -c 'import cryptography' 2>/dev/null; then
    holds "the independent reader reads the mail" python3 "$reader" portal.keys kept.eml --leaves kept.leaves >out 2>err
    says "number: $((number + 1))"
fi

# ---- The ledger against a checkpoint that was kept ----
anchors=(--checkpoint kept.eml --keys portal.keys)
expect 0 audit verify "${anchors[@]}" --leaves kept.leaves --json
json streams.0.verdict VALID
expect 0 audit verify "${anchors[@]}" # of the last one the portal has the leaves
says "the checkpoint vouches for every entry"
expect 0 audit verify provider:1234567893 "${anchors[@]}" --json
json streams.0.verdict VALID
expect 0 checkpoint prove provider:1234567893 --output kept.proof
expect 0 audit export provider:1234567893 -o kept.cborseq --json
entries=$(python3 -c 'import json; print(json.load(open("out"))["entries"])')
expect 3 audit export provider:1234567893 -o kept.cborseq
expect 1 audit export person:nobody.here -o x.cborseq
holds "a file was left" test ! -e x.cborseq
owners 0 I-3
expect 0 audit verify provider:1234567893 "${anchors[@]}" --proof kept.proof --json
json streams.0.verdict VALID_BUT_UNANCHORED
json streams.0.sequence $((entries + 1))
json streams.0.anchored "$entries"
expect 0 audit verify provider:1234567893 "${anchors[@]}" --leaves kept.leaves
says "the checkpoint vouches for the first $entries entries"
expect 0 audit export provider:1234567893 -o longer.cborseq
expect 0 checkpoint make
expect 1 audit verify "${anchors[@]}" # no longer the last one
complains "kept.eml: "
complains "--leaves"
expect 2 audit verify --checkpoint kept.eml
expect 2 audit verify --keys portal.keys
expect 2 audit verify --leaves kept.leaves
expect 2 audit verify "${anchors[@]}" --leaves kept.leaves --proof kept.proof
expect 2 audit verify "${anchors[@]}" --proof kept.proof
expect 2 audit verify --all --file kept.cborseq
expect 2 audit verify provider:1234567893 --file kept.cborseq
expect 2 audit verify --file kept.cborseq "${anchors[@]}"
expect 1 audit verify "${anchors[@]}" --leaves portal.keys
mkdir auditor # without database and key file
mv kept.eml kept.leaves kept.proof kept.cborseq longer.cborseq portal.keys auditor
cd auditor
expect 0 audit verify --file kept.cborseq --json
json streams.0.verdict VALID_BUT_UNANCHORED
for with in "--leaves kept.leaves" "--proof kept.proof"; do
    # shellcheck disable=SC2086
    expect 0 audit verify --file kept.cborseq "${anchors[@]}" $with --json
    json streams.0.verdict VALID
    # shellcheck disable=SC2086
    expect 0 audit verify --file longer.cborseq "${anchors[@]}" $with --json
    json streams.0.verdict VALID_BUT_UNANCHORED
    json streams.0.anchored "$entries"
done
# its last entry cut off: whole by itself, and found by the checkpoint, at its place
python3 - <<'CUT'
data = open("kept.cborseq", "rb").read()
end = data.rindex(b"\x58\x20")  # the hash of the entry before, with which each ends
start = data.rindex(b"\x58\x20", 0, end)
while data[start - 1] != 9:  # that of the entry before, not a digest
    start = data.rindex(b"\x58\x20", 0, start)
open("short.cborseq", "wb").write(data[:start + 34])
changed = bytearray(data)
changed[end] ^= 1
open("changed.cborseq", "wb").write(changed)
CUT
expect 0 audit verify --file short.cborseq --json
json streams.0.sequence $((entries - 1))
expect 3 audit verify --file short.cborseq "${anchors[@]}" --leaves kept.leaves --json
json streams.0.verdict TAMPERED
json streams.0.sequence "$entries"
expect 3 audit verify --file short.cborseq "${anchors[@]}" --proof kept.proof
says "not the one the checkpoint vouches for"
expect 3 audit verify --file changed.cborseq
says "TAMPERED"
expect 1 audit verify --file portal.keys
complains "portal.keys: "
cd ..

# ---- A folder for mails that cannot be used ----
mv mail mail.away
printf 'in the way' >mail
expect 0 provider list
expect 0 check ada.owner 1234567893 enrollment.submit
expect 0 pin reset ada.owner --operator me --reason test --json
json mails_waiting 1
expect 0 pin status ada.owner
expect 3 mail flush
complains "mail: Not a directory"
expect 3 doctor
says "mail folder"
expect 3 init
rm mail
mv mail.away mail
expect 0 mail flush --json
json sent 1

# ---- Applications and due work ----
for kind in enrollment recredentialing reenrollment manage_change maintain_eligibility fl2 pharmacy_pa medical_pa; do
    expect 0 machine $kind --json
    json states.0.name draft
done
expect 0 machine recredentialing
says "withdraw"
expect 2 machine nonsense
printf 'An application.\n' >application.txt
draft() { # CODE NCID KIND WORD...
    local want=$1 ncid=$2 kind=$3
    shift 3
    expect "$want" application draft --by "$ncid" --provider 1234567893 --kind "$kind" --document application.txt \
        --document-id APP-1 --document-version 1 "$@"
}
submit() { # CODE ID WORD...
    local want=$1 id=$2
    shift 2
    with_line $'owner\'s pass phrase\n'"$(pin_of ada.owner)" "$want" application submit "$id" --ncid ada.owner --provider 1234567893 \
        --kind recredentialing --document application.txt --document-id APP-1 --document-version 1 \
        --attestation attestation.txt --attestation-version 2013-07 --password-fd 3 --pin-fd 3 "$@"
}
draft 1 jdoe.pharm recredentialing
draft 2 ada.owner nonsense
draft 2 ada.owner fl2
complains "physician.date"
draft 0 ada.owner fl2 --physician-date 2026-01-31
draft 0 ada.owner recredentialing --json
application=$(python3 -c 'import json; print(json.load(open("out"))["application"])')
move() { # CODE MOVE WORD...
    local want=$1 move=$2
    shift 2
    expect "$want" application move "$application" "$move" --provider 1234567893 --reason "as reviewed" "$@"
}
draft 0 ada.owner recredentialing --application "$application"
move 1 review
complains "in the state Draft cannot be taken into review this way"
expect 0 work list --kind draft
says "$application"
says ada.owner
expect 0 work list --kind draft --until 2020-01-01
says "No such drafts."
printf 'changed' >>application.txt
submit 1 "$application" --json
json status NCT_E_DOCUMENT
printf 'An application.\n' >application.txt
submit 0 "$application"
says "recredentialing"
submit 1 "$application"
move 0 return
move 2 nonsense
move 1 approve --json
json status NCT_E_ILLEGAL_MOVE
expect 0 due list
says "Nothing is due."
expect 2 work list --kind nothing
expect 2 work list --state in_review
expect 2 work list --until tomorrow
expect 0 work list --kind contested_address
expect 0 work list --kind draft --json
json work.0.state draft # the FL2, which nobody submitted
holds "what was submitted is listed as a draft" fails grep -q "$application" out
expect 0 work list --json
expect 2 work assign 01 --operator casey
expect 0 due list --until 2099-01-01 --json
expect 0 due list --until 2099-01-01
says abandonment
says reverification
expect 2 due list --until tomorrow
expect 0 due run --json
json settled 0
expect 0 due restore --operator "night job"
says "0 put back."
expect 1 application discard "$application" --by ada.owner --provider 1234567893
expect 0 application withdraw "$application" --by ada.owner --provider 1234567893
says "Withdrawn"
expect 1 application withdraw "$application" --by ada.owner --provider 1234567893
complains "Nothing leads out of this state."
expect 0 application show "$application" --provider 1234567893 --json
json state withdrawn
json history.0.event application.drafted
expect 0 application show "$application" --provider 1234567893
says "withdraw returned withdrawn"
expect 0 application list --provider 1234567893 --state withdrawn --json
json applications.0.id "$application"
expect 0 application list --ncid ada.owner --state draft --json
json applications.0.kind fl2
expect 0 application list --provider 1234567893 --state approved
says "There is no application."
expect 2 application list --provider 1234567893 --state nonsense
expect 2 application list

# ---- Mail ----
expect 0 mail list
says "No mail waits."
expect 0 mail flush --json
json sent 0
expect 0 config set smtp smtp://127.0.0.1:1
expect 0 pin reset ada.owner --operator me --reason test
says "mail flush"
expect 0 mail list --json
json mails.0.recipient ada@example.org
json mails.0.ncid ada.owner
json mails.0.tries 1
expect 3 mail flush
complains "Failed to connect"

start_sink() {
    mkdir -p "$1"
    rm -f "$1/port"
    python3 "$here/../../mailer_smtp/smtp_sink.py" "$@" &
    sink=$!
    for _ in $(seq 100); do
        [[ -e $1/port ]] && break
        sleep 0.1
    done
    port=$(cat "$1/port")
}
stop_sink() {
    kill "$sink"
    wait "$sink" 2>/dev/null || true
    sink=""
}

start_sink plain
expect 0 config set smtp "smtp://127.0.0.1:$port"
expect 0 config set smtp-require-tls yes
expect 3 mail flush
expect 0 config unset smtp-require-tls
NCTRACKS_SMTP_FROM=sender@example.org expect 0 mail flush --json
json sent 1
holds "recipient" grep -q 'RCPT TO:<ada@example.org>' plain/log
holds "sender" grep -q 'From: "NCTracks" <sender@example.org>' plain/0.eml
is "$(tr -d '\r' <plain/0.eml | grep -c '^ *PIN: *[0-9]\{6\}$')" 1
stop_sink

if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
    start_sink secure --tls tls.pem tls.key --user mailer 'mail pass'
    expect 0 config set smtp "smtp://localhost:$port"
    expect 0 config set smtp-ca tls.pem
    expect 0 config set smtp-user mailer
    expect 0 config set smtp-password-file mail.password
    expect 0 config set smtp-require-tls yes
    (umask 077 && echo "wrong" >mail.password)
    expect 0 pin reset ada.owner --operator me --reason test
    says "mail flush"
    echo "mail pass" >mail.password
    expect 0 config unset smtp-ca
    expect 3 mail flush
    expect 0 config set smtp-ca tls.pem
    expect 0 mail flush
    says "1 sent"
    holds "authentication" grep -q '^authenticated' secure/log
    stop_sink
fi
rm nctracks.conf

# ---- A terminal: no echo, the password twice, the terminal set right again ----
if python3 - "$program" >out 2>err <<'TERMINAL'; then pass; else fail "on a terminal"; fi
import os, pty, select, signal, sys, termios, time
program = sys.argv[1]
try:
    pty.openpty()
except OSError:
    sys.exit(0)  # a container without pseudo-terminals: nothing to try this on

def start(words):
    pid, fd = pty.fork()
    if pid == 0:
        os.execv(program, [program] + words)
    return pid, fd

def until(fd, text, seen=b""):
    end = time.time() + 20
    while text not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 4096)
            except OSError:
                break
    assert text in seen, (text, seen)
    return seen

def code_of(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def echo(fd):
    return bool(termios.tcgetattr(fd)[3] & termios.ECHO)

pid, fd = start(["password", "set", "jdoe.pharm"])
until(fd, b"New password: ")
assert not echo(fd)
os.write(fd, b"hidden words\n")
seen = until(fd, b"The same again: ")
os.write(fd, b"hidden words\n")
seen += until(fd, b"is set")
assert b"hidden" not in seen
assert code_of(pid) == 0

pid, fd = start(["password", "set", "jdoe.pharm"])
until(fd, b"New password: ")
os.write(fd, b"one\n")
until(fd, b"The same again: ")
os.write(fd, b"two\n")
until(fd, b"not the same")
assert code_of(pid) == 2

pid, fd = start(["pin", "reset", "jdoe.pharm"])
until(fd, b"Password: ")
assert not echo(fd)
os.kill(pid, signal.SIGTERM)
assert code_of(pid) == -signal.SIGTERM
assert echo(fd), "the terminal stays without echo"
TERMINAL
code=0
setsid -w "$program" password set jdoe.pharm >out 2>err </dev/null || code=$?
is $code 2 "without a terminal"

# ---- Changes of hands, in a portal of its own ----
mkdir hands
there() { # CODE WORD...: there, under profile 2022; passwords come from descriptor 3
    local want=$1
    shift
    with_line "the new words" "$want" "$@" --db hands/a.db
}
there 0 init --profile 2022
printf 'npi,kind,name,tax_id,email,phone\n1234567893,organization,Example Pharmacy,56-0000001,office@example.org,9195550100\n' >hands.csv
there 0 provider import hands.csv --codes hands/codes.csv
registration 1234567893 "$(sed -n 's/^1234567893,//p' hands/codes.csv)" >hands.json
there 0 register hands.json
for ncid in ada.owner front.desk; do there 0 password set "$ncid" --password-fd 3; done
eft() {
    printf '{"provider": {"npi": "1234567893"}, "requester": {"ncid": "%s"}, "eft": {"routing_number": "053999993",
    "account_number": "000087654321", "account_type": "savings", "account_holder": "Example Pharmacy"}}' "$1"
}
eft front.desk >eft.json
there 1 eft request eft.json --password-fd 3
complains "authority"
eft ada.owner >eft.json
there 0 eft request eft.json --password-fd 3 --json
json state pending
silent_about 000087654321
there 1 eft request eft.json --password-fd 3
there 0 eft list --json
json requests.0.requester ada.owner
json requests.0.call 9195550100
json requests.0.warnings '["recent_password"]'
silent_about 000087654321
there 1 eft withdraw 1234567893 --by front.desk
there 0 eft withdraw 1234567893 --by ada.owner
there 0 eft request eft.json --password-fd 3
there 0 eft refuse 1234567893 --reason "nobody knew of it"
there 0 eft request eft.json --password-fd 3
there 1 eft confirm 1234567893 --spoke-with "Ada Owner" --operator ada.owner
there 0 eft confirm 1234567893 --spoke-with "Ada Owner" --operator casey
there 0 provider show 1234567893
says 4321
there 1 eft confirm 1234567893 --spoke-with "Ada Owner"
there 0 eft list
says "No request waits."
there 0 eft show 1234567893 --json
json state effective
json requester ada.owner
json account_holder ""
holds "when it was settled is not said" python3 -c 'import json; assert json.load(open("out"))["settled_at"]'
silent_about 000087654321
there 1 eft show 1000000012
there 2 person add sue.successor --first-name Sue --last-name Successor --email sue@example.org --phone 919-555-0177
there 2 person add sue.successor --first-name Sue --last-name Successor --email sue --phone 919-555-0177 --reason "seen" --json
json problems.0.path email
there 1 password set sue.successor --password-fd 3
there 0 person add sue.successor --first-name Sue --last-name Successor --email sue@example.org --phone 919-555-0177 \
    --reason "identity document seen"
says "no access and no PIN"
there 0 password set sue.successor --password-fd 3
there 1 check sue.successor 1234567893 eligibility.inquiry
there 0 audit show person:sue.successor
says "identity document seen"
oa() {
    printf '{"provider": {"npi": "1234567893", "authorization_code": "%s"},
    "office_administrator": {"ncid": "front.desk", "relationship": "owner"}}' "$1"
}
oa AAAAAAAAAAAAAAAA >oa.json
there 1 oa change oa.json --password-fd 3 --json
json status NCT_E_DENIED
there 1 oa show 1234567893
oa "$(sed -n 's/^1234567893,//p' hands/codes.csv)" >oa.json
there 0 oa change oa.json --password-fd 3 --json
json state pending
there 0 oa show 1234567893 --json
json new_ncid front.desk
json previous_ncid ada.owner
there 0 oa deny 1234567893 --reason "wrong papers"
there 1 oa deny 1234567893 --reason "again"
there 0 oa change oa.json --password-fd 3
there 0 access to-review --provider 1234567893
says "No former Office Administrator"
there 0 oa approve 1234567893 --reason "papers are right" --operator casey
there 0 access to-review --provider 1234567893 --json
holds "what the former one granted is not listed" python3 -c '
import json
rows = json.load(open("out"))["grants"]
assert rows and all(row["granted_by"] == "ada.owner" for row in rows), rows'
there 0 provider show 1234567893 --json
json office_administrator front.desk
there 1 oa change oa.json --password-fd 3
there 0 provider terminate 1234567893 --reason "license revoked"
there 1 provider terminate 1234567893 --reason "again"
there 1 check front.desk 1234567893 eligibility.inquiry --json
json status NCT_E_TERMINATED
there 1 provider extend 1234567893 2099-01-01 --reason "flood"
there 2 provider reinstate 1234567893
there 0 provider reinstate 1234567893 --reason "on appeal"
there 1 provider reinstate 1234567893 --reason "again"
there 0 check front.desk 1234567893 eligibility.inquiry
there 1 person rekey front.desk ada.owner --reason "account lost"
there 0 person rekey front.desk fay.again --reason "account lost"
there 0 check fay.again 1234567893 eligibility.inquiry
there 1 check front.desk 1234567893 eligibility.inquiry
there 0 provider show 1234567893 --json
json office_administrator fay.again
there 2 person merge fay.again ada.owner
there 2 person merge fay.again fay.again --reason "one person"
there 1 person merge front.desk ada.owner --reason "one person"
there 0 person merge fay.again ada.owner --reason "one person"
there 0 person merge fay.again ada.owner --reason "one person"
there 0 check ada.owner 1234567893 eligibility.inquiry
there 0 provider show 1234567893 --json
json office_administrator ada.owner
there 0 audit verify

mkdir relaxed
expect 0 init --db relaxed/a.db --set eft.confirmed=0
expect 0 doctor --db relaxed/a.db
says "without an operator's confirmation"

# ---- Doctor, and a database that was changed ----
expect 0 doctor
says "Everything is in order."
says "2013, kept in"
expect 0 doctor --all --json
json checks.0.in_order true
chmod 644 nctracks.db
expect 3 doctor
chmod 600 nctracks.db
if command -v sqlite3 >/dev/null || python3 -c 'import sqlite3' 2>/dev/null; then
    cp -r . ../"$(basename "$work").copy"
    mv ../"$(basename "$work").copy" damaged
    python3 - <<'DAMAGE'
import sqlite3
base = sqlite3.connect("damaged/nctracks.db")
tables = [row[0] for row in base.execute("select name from sqlite_master where type = 'table'")]
for table in tables:
    columns = [row[1] for row in base.execute(f"pragma table_info({table})")]
    if "value" in columns:
        for key in base.execute(f"select space, key, value from {table}").fetchall():
            value = bytearray(key[2])
            value[len(value) // 2] ^= 1
            base.execute(f"update {table} set value = ? where space = ? and key = ?", (bytes(value), key[0], key[1]))
base.commit()
DAMAGE
    expect 3 doctor --db damaged/nctracks.db
    expect 3 provider list --db damaged/nctracks.db
fi
printf 'not a database, whatever its name says' >other.db
expect 3 provider list --db other.db --key nctracks.key
code=0
"$program" policy show >/dev/full 2>err || code=$?
is $code 3 "a full disk"

# ---- Completion ----
has_word() { [[ " $1 " == *" $2 "* ]]; }
complete_words() { # WORD...: what the last may become
    PATH=$(dirname "$program"):$PATH bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nctracks 2>/dev/null; echo "${COMPREPLY[*]}"' \
        - "$here/../nctracks.bash-completion" nctracks "$@"
}
is "$(complete_words pro)" provider
is "$(complete_words provider im)" import
is "$(complete_words --db x.db pin rep)" report-lost
is "$(complete_words sign --kind ph)" pharmacy_pa
is "$(complete_words sign --kind = ph)" pharmacy_pa "bash splits at the sign"
is "$(complete_words sign --kind =)" "$(complete_words sign --kind "")"
is "$(complete_words user grant x --ri)" --rights
is "$(complete_words user grant x --rights pa.s)" pa.submit
is "$(complete_words user grant x --rights claim.inquiry,pa.s)" claim.inquiry,pa.submit
is "$(complete_words user grant x --rights eft)" "" "an authority is not granted"
is "$(complete_words user grant x --role us)" "user_administrator user"
is "$(complete_words policy show --profile 202)" "2022 2025 2026"
is "$(complete_words register for)" form.json
is "$(complete_words --mail-dir mai)" mail
is "$(complete_words config get smtp-u)" smtp-user
is "$(complete_words check a b cl)" "claim.submit claim.inquiry"
is "$(complete_words check a b eft)" eft.change
is "$(complete_words fields si)" signing
is "$(complete_words machine ph)" pharmacy_pa
is "$(complete_words --language e)" "en es"
is "$(complete_words record add x --relationships own)" owner
is "$(complete_words language set ada.owner es)" es
is "$(complete_words application list --state dra)" draft
is "$(complete_words application move x end)" endorse
is "$(complete_words audit show per)" person:
is "$(complete_words audit verify per)" person:
holds "an option is offered twice" fails has_word "$(complete_words user list --ncid x --)" --ncid
is "$(complete_words user list --ncid "")" "" "any person"
is "$(complete_words user list --nonsense x --)" ""
is "$(complete_words nonsense "")" ""
is "$(complete_words fields -- --)" ""
expect 0 --complete
says "provider"
mkdir completing # the rights of a portal are those of its own rules
printf 'base = 2013\nname = ours\nright.32 = transport.book Book a transport\n' >completing/nctracks.profile
is "$(complete_words --db completing/a.db check a b tr)" "training transport.book"
holds "completing made a database" fails test -e completing/a.db
# every command and every option is known to the completion and to the manual page
for group in $(printf '%s\n' "${commands[@]%% *}" | sort -u); do
    holds "completion lacks $group" has_word "$(complete_words "")" "$group"
done
for command in "${commands[@]}"; do
    # shellcheck disable=SC2086
    offered=$(complete_words $command --)
    if [[ $command == *" "* ]]; then
        holds "completion lacks $command" has_word "$(complete_words "${command% *}" "")" "${command#* }"
    fi
    holds "the manual page lacks $command" grep -q "^\.It Cm $command\( \|$\)" "$here/../nctracks.1"
    holds "its synopsis lacks $command" grep -q "^\.Cm $command$" "$here/../nctracks.1"
    # shellcheck disable=SC2086
    for option in $("$program" $command --help | sed -n 's/^  --\([a-z0-9-]*\).*/\1/p' | sort -u); do
        holds "completion of $command lacks --$option" has_word "$offered" "--$option"
        holds "the manual page lacks --$option" grep -q "Fl -$option" "$here/../nctracks.1"
    done
done

finish
