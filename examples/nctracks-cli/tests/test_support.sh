# What the tests of the program share; sourced with the program as $1. They run in a folder of their own.
# shellcheck shell=bash
program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
sink=""
trap '[[ -z $sink ]] || kill "$sink" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
unset NCTRACKS_DB NCTRACKS_STORE NCTRACKS_BY NCTRACKS_PROVIDER

passed=0
failed=0

pass() { passed=$((passed + 1)); }

fail() {
    failed=$((failed + 1))
    echo "FAILED: $*" >&2
    sed 's/^/    /' out err >&2 || true
}

# expect CODE WORD...: runs the program, keeps what it prints in the files out and err, compares the exit code.
expect() {
    local want=$1 code=0
    shift
    "$program" "$@" >out 2>err </dev/null || code=$?
    if [[ $code -eq $want ]]; then pass; else fail "exit $code, not $want: nctracks $*"; fi
}

# with_line LINE CODE WORD...: the same with lines on descriptor 3.
with_line() {
    local line=$1 want=$2 code=0
    shift 2
    "$program" "$@" >out 2>err 3< <(printf '%s' "$line") </dev/null || code=$?
    if [[ $code -eq $want ]]; then pass; else fail "exit $code, not $want: nctracks $*"; fi
}

says() { if grep -qF -- "$1" out; then pass; else fail "standard output lacks: $1"; fi; }
complains() { if grep -qF -- "$1" err; then pass; else fail "standard error lacks: $1"; fi; }
silent_about() { if grep -qF -- "$1" out err; then fail "a secret was printed"; else pass; fi; }
holds() { # WHAT COMMAND...
    local what=$1
    shift
    if "$@"; then pass; else fail "$what"; fi
}
fails() { if "$@"; then return 1; fi; }
is() { if [[ $1 == "$2" ]]; then pass; else fail "'$1' is not '$2'${3:+: $3}"; fi; }
mode_of() { stat -c %a "$1"; }

# json PATH VALUE: the last output is JSON, and has this value at this path. Lists of people are in no order of their own:
# here they are in that of their NCIDs.
json() {
    if ! python3 -m json.tool <out >/dev/null 2>&1; then fail "not JSON"; return; fi
    local found
    found=$(python3 -c '
import json, sys
value = json.load(open("out"))
for step in sys.argv[1].split("."):
    value = value[int(step)] if isinstance(value, list) else value[step]
    if step in ("grants", "principals", "proposals"):
        value.sort(key=lambda row: row["ncid"])
print(json.dumps(value) if not isinstance(value, str) else value)' "$1" 2>/dev/null || echo "(nothing)")
    is "$found" "$2" "$1"
}

# pin_of NCID: the PIN of the newest mail about an NCID.
pin_of() {
    python3 - "$1" <<'PIN'
import email, email.policy, glob, os, re, sys
for name in sorted(glob.glob("mail/*.eml"), key=lambda name: os.stat(name).st_mtime_ns, reverse=True):
    text = email.message_from_binary_file(open(name, "rb"), policy=email.policy.default).get_content()
    pin = re.search(r"PIN: +([0-9]+)$", text, re.MULTILINE)
    if pin and re.search(rf"NCID:? {re.escape(sys.argv[1])}\b", text):
        print(pin[1])
        break
PIN
}

# token_of NCID: the code of the newest mail about an NCID that has one.
token_of() {
    python3 - "$1" <<'PYTHON'
import email, email.policy, glob, os, re, sys
for name in sorted(glob.glob("mail/*.eml"), key=lambda name: os.stat(name).st_mtime_ns, reverse=True):
    with open(name, "rb") as file:
        body = email.message_from_binary_file(file, policy=email.policy.default).get_content()
    code = re.search(r"Code:\s+([0-9a-f]{32})", body)
    if code and sys.argv[1] in body:
        print(code.group(1), end="")
        break
PYTHON
}
mails() { find mail -name '*.eml' | wc -l; }
mailed_to() { grep -lq "$1" mail/*.eml; }

code_of() { sed -n "s/^$1,//p" authorization-codes.csv; }

finish() {
    echo "$passed passed, $failed failed"
    [[ $failed -eq 0 ]]
}
