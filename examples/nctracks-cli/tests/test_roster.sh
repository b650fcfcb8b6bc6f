#!/usr/bin/env bash
# Rosters as they come: quotes, encodings, what spreadsheets do, kills and interruptions. Usage: test_roster.sh PROGRAM
set -euo pipefail
# shellcheck source=SCRIPTDIR/test_support.sh
source "$(dirname "${BASH_SOURCE[0]}")/test_support.sh"

header=npi,kind,name,tax_id,email,phone
row() { printf '%s,organization,%s,56-0000001,office@example.org,919-555-0100\n' "$1" "${2:-Example Clinic}"; }
# NPIs with their check digits
mapfile -t ids < <(python3 - <<'PYTHON'
for number in range(1, 13):
    body = f"1{number:08d}"
    total = 24 + sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(body))
    print(body + str(-total % 10))
PYTHON
)
portal() { rm -rf ./*.db* ./*.key ./*.profile mail authorization-codes.csv; expect 0 init; }
other() { # SENTENCE FILE: the file is told as what it is, and nothing comes of it
    expect 2 provider import "$2"
    complains "$1"
    holds "a codes file was left" test ! -e authorization-codes.csv
}

# ---- A closing quote that is missing ----
portal
{
    echo $header
    row "${ids[0]}"
    echo
    row "${ids[1]}" '"Left Open'
    for n in {2..9}; do row "${ids[n]}"; done
} >open.csv
expect 2 provider import open.csv --dry-run
says "1 would be enrolled, 9 would be refused, of 10 rows. Nothing was changed."
complains "lines 4 to 12 refused: row: A quote opens in line 4 and is not closed in it"
expect 0 provider list --json
json providers '[]'
holds "a dry run made a file" test ! -e authorization-codes.csv
expect 2 provider import open.csv --json
json rows 10
json enrolled 1
json refused 9
json refusals.0.line 4
json refusals.0.last_line 12

# the next quoted field shows that the quote was never closed: the line after is a row again
portal
{
    echo $header
    row "${ids[0]}" '"Left Open'
    row "${ids[1]}" '"Quoted, Inc."'
    row "${ids[2]}" bad@name
    row 12345
    row "${ids[3]}" '"Two, Inc.", and more'
} >closed.csv
expect 2 provider import closed.csv
complains "lines 2 to 3 refused:"
complains "line 5 refused: npi:"
complains "line 6 refused: row: It has 7 fields, the header has 6"
says "1 enrolled, 4 refused, of 5 rows"

# what lies in a quoted field is never a row, however much it looks like one
portal
{
    echo $header
    printf '%s,organization,"Example\n' "${ids[0]}"
    row "${ids[1]}" Forged
    row "${ids[2]}" 'Forged ""Too""'
    printf '",56-0000001,office@example.org,919-555-0100\n'
    row "${ids[3]}" Genuine
} >forged.csv
expect 2 provider import forged.csv
complains "lines 2 to 5 refused:"
says "1 enrolled, 4 refused, of 5 rows"
is "$(cut -d, -f1 authorization-codes.csv | tail -1)" "${ids[3]}"

# ---- Other files ----
portal
{ echo $header; row "${ids[0]}"; } >good.csv
iconv -f UTF-8 -t UTF-16 good.csv >other.csv
other "the file is UTF-16, not UTF-8" other.csv
iconv -f UTF-8 -t UTF-16BE good.csv >other.csv
other "the file is UTF-16, not UTF-8" other.csv
tr , ';' <good.csv >other.csv
other "separated by semicolons" other.csv
tr , '\t' <good.csv >other.csv
other "separated by tabs" other.csv
tr '\n' '\r' <good.csv >other.csv
other "end with CR alone" other.csv
{ echo sep=,; cat good.csv; } >other.csv
other "delete it" other.csv
printf 'PK\3\4rest' >other.csv
other "a workbook" other.csv
gzip -c good.csv >other.csv
other "compressed" other.csv
head -c 70000 /dev/zero | tr '\0' a >other.csv
other "longer than 65,536 bytes" other.csv
sed '1s/^/"/' good.csv >other.csv
other "a quote is not closed" other.csv

# ---- One way to read it ----
{
    printf '\xef\xbb\xbf NPI ,Kind, Name,Tax ID,E-MAIL ,Phone,,\r\n' | sed 's/E-MAIL/EMAIL/'
    printf '%s, Organization ,\xc2\xa0Caf\xc3\xa9\xc2\xa0Clinic ,56-0000001,office@example.org,919-555-0100,,\r\n' "${ids[0]}"
    printf ',,,,,,,\r\n , ,\r\n'
    printf '\xc2\xa0%s,INDIVIDUAL,"Ann ""A"" Example",56-0000001,\tann@example.org,+1 919 555 0100' "${ids[1]}"
} >loose.csv
expect 0 provider import loose.csv
says "2 enrolled, 0 refused, of 2 rows"
expect 0 provider show "${ids[0]}"
says "Café Clinic"
expect 0 provider show "${ids[1]}"
says 'Ann "A" Example'

# ---- A row is refused, and told as what it is ----
portal
{
    echo $header
    row "${ids[0]}" $'Caf\xe9 Clinic'
    row 1.23E+09
    row "${ids[1]}" '=HYPERLINK(1)'
    row "${ids[2]}" $'Cafe\xcc\x81'
    row "${ids[3]}" $'Caf\xc3\x83\xc2\xa9'
    row "${ids[4]}" | sed s/56-0000001/6000001/
    row "${ids[5]}" | sed s/56-0000001/2025-01-02/
    row "${ids[6]}" '#NAME?'
    row "${ids[7]}" NULL
    row "${ids[8]}.0"
    row 123456789
} >dirty.csv
expect 2 provider import dirty.csv
complains "line 2 refused: row: the line is not UTF-8"
complains "line 3 refused: npi: a spreadsheet has rounded the number"
complains "line 4 refused: name: a spreadsheet would take it for a formula"
complains "line 5 refused: name: its accents are characters of their own"
complains "line 6 refused: name: its characters were read in another encoding"
complains "line 7 refused: tax_id: it has too few digits"
complains "line 8 refused: tax_id: a spreadsheet has made a date of it"
complains "line 9 refused: name: it is an error of a spreadsheet"
complains "line 10 refused: name: it is an export's word for nothing"
complains "line 11 refused: npi: a spreadsheet has made a quantity of it"
complains "line 12 refused: npi: it has too few digits"
says "0 enrolled, 11 refused, of 11 rows"

# ---- Twice, and codes that were lost ----
portal
{ echo $header; row "${ids[0]}"; row "${ids[1]}"; row "${ids[0]}"; } >twice.csv
expect 1 provider import twice.csv --dry-run
says "2 would be enrolled, 1 would be refused"
expect 1 provider import twice.csv
says "2 enrolled, 1 refused"
expect 1 provider import twice.csv --codes again.csv
says "3 of the refused are enrolled and have never used their code"
expect 0 provider import good.csv --codes again.csv --reissue --dry-run --json
json reissued 1
holds "a dry run made a file" test ! -e again.csv
expect 0 provider import good.csv --codes again.csv --reissue
says "0 enrolled, 1 got a new code, 0 refused, of 1 rows"
expect 1 provider import twice.csv --codes both.csv --reissue
says "0 enrolled, 2 got a new code, 1 refused, of 3 rows"
is "$(wc -l <both.csv)" 3
holds "the new code is the old one" fails grep -qxF "$(sed -n 2p again.csv)" authorization-codes.csv

if python3 "$here/fuzz_roster.py" "$program"; then pass; else fail "fuzz_roster.py"; fi

finish
