// Rosters as people have them: quotes, commas and lines inside, empty lines, other line ends, a byte order mark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoster } from "../src/roster.js";

test("columns become fields of the provider, and each row knows its line", () => {
  const rows = readRoster('\ufeffnpi,name\r\n1234567893,"Elm ""Street"", Clinic"\r\n\r\n1000000012,"Two\nlines"\r\n1000000020,Oak\r\n');
  assert.deepEqual(rows, [
    { line: 2, fields: { "provider.npi": "1234567893", "provider.name": 'Elm "Street", Clinic' } },
    { line: 4, fields: { "provider.npi": "1000000012", "provider.name": "Two\nlines" } },
    { line: 6, fields: { "provider.npi": "1000000020", "provider.name": "Oak" } },
  ]);
});

test("a column with a dot is a path, and an empty cell is not sent", () => {
  assert.deepEqual(readRoster("npi,eft.account_type\n1,\n"), [{ line: 2, fields: { "provider.npi": "1" } }]);
});

test("an empty file has no rows", () => {
  assert.deepEqual(readRoster(""), []);
});
