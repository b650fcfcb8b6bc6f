#!/usr/bin/env bash
# The way of the mails: the portal's configuration, servers of every behaviour, refused mail. Usage: test_mail.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

python=""
for one in python3 /usr/bin/python3; do
    "$one" -c 'import aiosmtpd' 2>/dev/null && python=$one && break
done
if [[ -z $python ]]; then
    echo "python3-aiosmtpd is missing: run scripts/deps" >&2
    exit 1
fi

# serve MOOD WORD...: starts a server, and has the portal send there.
serve() {
    stop
    rm -rf server
    mkdir server
    "$python" "$here/../../mailer_smtp/smtp_moods.py" server "$@" 2>server/errors &
    sink=$!
    for _ in $(seq 100); do
        [[ -e server/port ]] && break
        sleep 0.1
    done
    port=$(cat server/port)
    expect 0 config set smtp "smtp://127.0.0.1:$port"
}
stop() {
    [[ -z $sink ]] || { kill "$sink" && wait "$sink"; } 2>/dev/null || true
    sink=""
}
sessions() { grep -c '^session' server/log || true; }
sent() { grep -c '^accepted' server/log || true; }
id_of() { # NCID: of the mail about them that waits
    "$program" mail list --json | python3 -c '
import json, sys
print([row["id"] for row in json.load(sys.stdin)["mails"] if row["ncid"] == sys.argv[1]][-1])' "$1"
}
at_once="mail.backoff=0"

# ---- Configuration ----
expect 0 init
expect 0 config list
says "the mail server"
expect 1 config get smtp
expect 2 config set smtp http://localhost
complains "smtp://host:port"
expect 2 config set smtp smtp://user:password@localhost
expect 2 config set smtp-from nonsense
complains "smtp-from has to be an e-mail address"
expect 2 config set nonsense 1
complains "config list"
expect 0 config set smtp smtp://127.0.0.1:1
expect 0 config set smtp-from sender@example.org
is "$(mode_of nctracks.conf)" 600
expect 0 config get smtp --json
json value smtp://127.0.0.1:1
printf '# kept\n\nmail-language=es\n' | cat - nctracks.conf >other.conf
chmod 600 other.conf
expect 0 config set smtp-from other@example.org --config other.conf
holds "a comment" grep -qx '# kept' other.conf
is "$(grep -c smtp-from other.conf)" 1
expect 0 config unset smtp --config other.conf
expect 1 config get smtp --config other.conf
expect 0 config get mail-language --config other.conf
says es
NCTRACKS_SMTP=smtp://127.0.0.1:2 expect 0 config list --json
json settings.0.value smtp://127.0.0.1:2
json settings.0.source environment
NCTRACKS_SMTP=nonsense expect 2 provider list
complains "smtp, of the environment, has to be"
for line in 'smtp' 'nonsense = 1' 'smtp = x' 'smtp-from = a@example.org
smtp-from = b@example.org'; do
    printf '# a line before\n%s\n' "$line" >wrong.conf
    chmod 600 wrong.conf
    expect 3 provider list --config wrong.conf
    complains "wrong.conf, line "
done
chmod 666 nctracks.conf
expect 3 provider list
complains "nctracks.conf: it may be written by others"
chmod 600 nctracks.conf

# ---- People who get mail ----
person() { # NCID EMAIL
    expect 0 person add "$1" --first-name Made --last-name Up --email "$2" --phone 919-555-0100 --reason test --operator me
}
person good.one good.one@example.org

# ---- A portal that was given a server never falls back to a folder ----
says "mail flush"
is "$(mails)" 0
expect 2 mail flush --mail-dir mail
complains "go to smtp://127.0.0.1:1, not into a folder"
expect 3 mail flush
complains "Failed to connect"
is "$(mails)" 0
expect 3 doctor
says "Failed to connect"
serve accept
expect 0 doctor
says "smtp://127.0.0.1:$port"
expect 0 mail flush --json
json sent 1
holds "the sender" grep -q 'From: "NCTracks" <sender@example.org>' server/0.eml
for i in 1 2; do person "many.$i" "many.$i@example.org"; done
expect 0 mail list
says "No mail waits."

# ---- Servers nobody gets past: one try, nothing is held against a mail ----
stop
expect 0 config set smtp smtp://127.0.0.1:1
for i in 1 2 3 4 5 6 7 8; do person "more.$i" "more.$i@example.org"; done
for mood in greeting nonsense sender; do
    serve $mood
    expect 3 mail flush --json
    json sent 0
    json waiting 8
    json given_up 0
    json ended_early true
    is "$(sessions)" 1 "logins at a server in the mood $mood"
done
expect 0 mail list --json
json mails.0.next_try_at null
json mails.0.answer "550 5.1.8 sender not allowed"

# ---- A server that hangs ----
for mood in silent hang; do
    serve $mood
    begun=$(date +%s)
    person "slow.$mood" "slow.$mood@example.org"
    says "mail flush"
    if [[ $(($(date +%s) - begun)) -le 14 ]]; then pass; else fail "a command was kept too long by a server: $mood"; fi
    is "$(sessions)" 1 "logins at a server in the mood $mood"
done

# ---- One connection for a flush, a limit, two at once ----
serve accept
expect 0 mail flush --limit 2 --json
json sent 2
json waiting 8
is "$(sessions)" 1
expect 2 mail flush --limit 0
"$program" mail flush >one 2>&1 &
other=$!
expect 0 mail flush
holds "the other flusher" wait $other
expect 0 mail flush
is "$(sent)" 10
is "$(sort server/log | uniq -d | grep -c accepted || true)" 0 "mails that came twice"

# ---- Refused: the mail waits, the others go out ----
serve full
person bad.one bad.one@example.org
says "452 4.2.2 mailbox full"
person good.two good.two@example.org
expect 0 mail list --json
json mails.0.ncid bad.one
json mails.0.state waiting
json mails.0.answer "452 4.2.2 mailbox full"
holds "a time of the next try" grep -q '"next_try_at": "2' out
expect 0 mail flush --json
json sent 0
json waiting 1
is "$(sent)" 1

# ---- Refused for good: given up, told, tried again, discarded ----
expect 0 mail retry "$(id_of bad.one)" --operator me --reason "the mailbox was cleared"
serve no-mailbox
person bad.two bad.two@example.org
says "given up"
expect 0 mail list --given-up --json
json mails.0.state given_up
json mails.1.answer "550 5.1.1 no such mailbox"
expect 0 mail flush --json
json given_up 2
mail=$(id_of bad.one)
expect 0 mail retry "$mail" --operator me --reason "asked them"
expect 3 mail flush
complains "550 5.1.1 no such mailbox"
expect 0 mail discard "$mail" --operator me --reason "they moved"
says "pin reset"
expect 2 mail discard nonsense --operator me --reason x
complains nonsense
expect 1 mail retry 00000000000000000000000000000000 --operator me --reason x
expect 0 mail discard "$(id_of bad.two)" --operator me --reason "they moved too"
expect 0 audit show person:bad.one
says "mail.retried"
says "mail.discarded"
expect 0 mail list
says "No mail waits."

# ---- A server that refuses everybody: a few tries, not one for each mail; nothing is given up in haste ----
stop
expect 0 config set smtp smtp://127.0.0.1:1
for i in $(seq 12); do person "crowd.$i" "crowd.$i@example.org"; done
for mood in refuse-all defer-all closing; do
    serve $mood
    expect 3 mail flush --json
    json sent 0
    json given_up 0
    if [[ $(sessions) -le 5 ]]; then pass; else fail "$(sessions) logins at a server in the mood $mood"; fi
done
serve accept
expect 0 mail flush
expect 0 mail list --json
while read -r mail; do
    expect 0 mail retry "$mail" --operator me --reason "the server is mended"
done < <(python3 -c 'import json; [print(row["id"]) for row in json.load(open("out"))["mails"]]')
expect 0 mail flush
says "none waits"
is "$(grep -c 'accepted crowd' server/log)" 12

# ---- Servers that go away, or choke on one mail ----
serve drop
person good.three good.three@example.org
says "mail flush"
serve spam
person good.four good.four@example.org
says "550 5.6.0 this looks odd"
stop

# ---- Signing in ----
expect 0 config set smtp-user mailer
serve accept --user mailer "mail pass"
expect 3 mail flush
complains "smtp-password-file"
printf 'mail pass\n' >pass
chmod 644 pass
expect 0 config set smtp-password-file pass
expect 3 mail flush
complains "pass: it may be read by others"
chmod 600 pass
expect 0 doctor
printf 'not the right one\n' >pass
expect 3 doctor
silent_about "not the right one"
person good.five good.five@example.org
is "$(sent)" 0
printf 'mail pass\n' >pass
expect 0 mail flush
if [[ $(sent) -ge 1 ]]; then pass; else fail "nothing was sent with the right password"; fi

# ---- After mail.tries refusals a mail is given up ----
stop
expect 0 policy change --set "mail.tries=2,$at_once" --operator me --reason test
expect 0 config unset smtp-user
serve full
person bad.three bad.three@example.org
says "452"
expect 3 mail flush
expect 0 mail list --given-up --json
json mails.1.tries 2

finish
