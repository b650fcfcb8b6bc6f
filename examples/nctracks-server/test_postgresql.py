"""What a server says about a database of PostgreSQL that it cannot use: never a password."""
import os
import subprocess
import unittest

from test_support import SERVER, Server

URL = os.environ.get("NCT_TEST_POSTGRESQL")


@unittest.skipIf(URL is None, "runs under tests/support/postgresql_server")
class Database(unittest.TestCase):
    def refusal(self, database):
        """What the server says when it is to serve this database, with the settings of one that ran."""
        server = Server()
        self.addCleanup(server.close)
        server.config.write_text(server.config.read_text().replace(URL, database))
        answer = subprocess.run([SERVER, "serve", server.config], capture_output=True, text=True, timeout=60)
        self.assertNotEqual(answer.returncode, 0)
        self.assertNotIn("sesame", answer.stderr)
        return answer.stderr

    def test_a_database_without_a_portal(self):
        self.assertIn("there is no database", self.refusal(URL.replace("/empty?", "/postgres?")))

    def test_a_wrong_password(self):
        said = self.refusal(URL.replace("tester@", "guarded:open-sesame@"))
        self.assertIn("password authentication failed", said)
        self.assertIn("postgresql://guarded@", said)

    def test_a_string_that_is_not_valid(self):
        self.assertIn("the connection string is not valid", self.refusal("postgresql://u:open@sesame@localhost/portal"))


if __name__ == "__main__":
    unittest.main()
