#!/usr/bin/env bash
# What other people wrote reaches no terminal raw; completing runs nothing but the program. Usage: test_terminal.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

# ---- Every character of Unicode that a terminal acts on or does not show, as text and as JSON ----
cat >unicode.py <<'PYTHON'
"""Gives the program texts with every such character and looks for them in what it prints."""
import json
import subprocess
import sys
import unicodedata

program = sys.argv[1]
points = [chr(point) for point in range(1, 0x110000) if not 0xD800 <= point <= 0xDFFF]
acting = {point for point in points if unicodedata.category(point) in ("Cc", "Cf", "Zl", "Zp")}
acting |= {chr(point) for point in [0x115F, 0x3164, 0xFFA0, 0xFE0F, 0xE0100, 0x34F, 0x180B]}


def pieces(text, size):
    return [text[start:start + size] for start in range(0, len(text), size)]


def run(raw, *words):
    return subprocess.run([program, "policy", "check", raw, *words], capture_output=True)


def shown(text):
    return run(text.encode()).stderr.decode()


def main():
    wrong = 0
    for text in pieces("".join(sorted(acting)), 100):
        told = shown(text)
        if set(told) & (acting - {"\n"}) or told.count("?") < len(text):
            print("raw in text:", ascii(set(told) & acting - {"\n"}), ascii(text))
            wrong += 1
        result = run(text.encode(), "--json").stdout.decode()
        if set(result) & (acting - {"\n"}):
            print("raw in JSON:", ascii(set(result) & acting))
            wrong += 1
        json.loads(result)
    letters = [point for point in points if unicodedata.category(point)[0] in "LNPS" and point not in acting][::97]
    for text in pieces("".join(letter for letter in letters if letter not in "/."), 120):
        if text not in shown(text):
            print("changed:", ascii(text))
            wrong += 1
    # bytes that are not UTF-8: C1 controls as single bytes, overlong forms, surrogates, beyond Unicode, a cut sequence
    for raw in [bytes(range(0x80, 0x100)), b"\xc0\x9b", b"\xe0\x82\x9b", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80"]:
        if any(byte >= 0x80 for byte in run(raw).stderr):
            print("raw bytes:", raw)
            wrong += 1
        json.loads(run(raw, "--json").stdout.decode("ascii"))
    return wrong


sys.exit(1 if main() else 0)
PYTHON
python3 unicode.py "$program" >out 2>err && pass || fail "characters for a terminal"

# ---- Each way out: problems of a form, rows of a roster, rules, what is signed ----
bad=$(printf 'a\xe2\x80\xaeb\xc2\x9b31mc\xe2\x80\x8bd\xf3\xa0\x81\xa1e')
no_raw() {
    if grep -qP '\x{202e}|\x{9b}|\x{200b}|\x{e0061}' out err; then fail "raw: $*"; else pass; fi
}
export LC_ALL=C.UTF-8
expect 0 init
printf '{"%s": "%s"}' "$bad" "$bad" >form.json
for json in "" --json; do
    expect 2 register form.json $json
    no_raw register $json
    expect 2 "$bad" $json
    expect 2 provider list "--$bad" $json
    no_raw usage $json
    expect 2 provider show "$bad" $json
    no_raw provider show $json
done
printf 'npi,kind,name,tax_id,email,phone\n%s,%s,%s,%s,%s,%s\n' "$bad" "$bad" "$bad" "$bad" "$bad" "$bad" >roster.csv
expect 2 provider import roster.csv
no_raw roster
printf '%s,kind\n' "$bad" >roster.csv
expect 2 provider import roster.csv
no_raw header of a roster
printf 'base = 2013\nname = ours\nright.32 = transport.book %s\n%s = 1\n' "$bad" "$bad" >rules.profile
"$program" policy check rules.profile >out 2>err || true
no_raw policy check
printf 'base = 2013\nname = ours\nright.32 = transport.book %s\n' "$bad" >rules.profile
for how in "" --text --json; do
    # shellcheck disable=SC2086
    "$program" policy show $how --profile-file rules.profile >out 2>err || true
    no_raw policy show $how
done

# ---- Completion ----
mkdir -p typed/bin plain
printf '#!/bin/sh\ntouch ran\necho provider\n' >typed/bin/nctracks
chmod 755 typed/bin/nctracks
ln -s "$program" plain/nctracks
completed() { # PATH WORD...
    PATH=$1:/usr/bin:/bin bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nctracks 2>/dev/null
        echo "${COMPREPLY[*]}"' - "$here/../nctracks.bash-completion" "${@:2}"
}
for typed in typed/bin/nctracks ./typed/bin/nctracks "$PWD/typed/bin/nctracks" '~/nctracks' '$(touch ran)/nctracks'; do
    is "$(HOME=$PWD/typed/bin completed "$PWD/plain" "$typed" pro)" provider "$typed"
    is "$(HOME=$PWD/typed/bin completed /nowhere "$typed" pro)" "" "$typed, without a program in PATH"
done
is "$(completed typed/bin nctracks pro)" "" "a relative folder in PATH"
holds "completing ran a typed path" fails test -e ran
printf '#!/bin/sh\nprintf "%%s\\n" "pro;touch ran" "pro\\$(touch ran)" provider\n' >typed/bin/nctracks
is "$(completed "$PWD/typed/bin" nctracks pro)" provider "words the shell would run"

finish
