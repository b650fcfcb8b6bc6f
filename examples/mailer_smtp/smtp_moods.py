#!/usr/bin/env python3
"""A mail server for tests that behaves as told: smtp_moods.py FOLDER MOOD [--user NAME PASSWORD]

Writes its port to FOLDER/port once it listens, each session and each accepted recipient to FOLDER/log, and each mail to
FOLDER/N.eml. Moods that name recipients concern those whose address begins with "bad". Needs Debian's python3-aiosmtpd.
"""
import argparse
import asyncio
import os
import signal

from aiosmtpd.smtp import SMTP, AuthResult

RECIPIENT = {
    "no-mailbox": "550 5.1.1 no such mailbox",
    "full": "452 4.2.2 mailbox full",
}
EVERYBODY = {
    "refuse-all": "554 5.7.1 we do not know you",
    "defer-all": "451 4.3.0 try again later",
    "closing": "421 4.3.2 closing for the night",
}


class Handler:
    def __init__(self, options):
        self.options = options
        self.mood = options.mood

    def note(self, text):
        with open(os.path.join(self.options.folder, "log"), "a", encoding="utf-8") as log:
            log.write(text + "\n")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if self.mood == "hang":
            await asyncio.sleep(3600)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mood == "sender":
            return "550 5.1.8 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mood in EVERYBODY:
            return EVERYBODY[self.mood]
        if self.mood in RECIPIENT and address.startswith("bad"):
            return RECIPIENT[self.mood]
        if self.mood == "hang-late" and address.startswith("bad"):
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mood == "spam":
            return "550 5.6.0 this looks odd"
        if self.mood == "drop":
            server.transport.abort()
            return "250 never said"
        count = len([name for name in os.listdir(self.options.folder) if name.endswith(".eml")])
        with open(os.path.join(self.options.folder, f"{count}.eml"), "wb") as out:
            out.write(envelope.original_content)
        for address in envelope.rcpt_tos:
            self.note(f"accepted {address}")
        return "250 OK"


class Server(SMTP):
    """One session. What is wrong before the first command is done here."""

    def connection_made(self, transport):
        self.event_handler.note("session")
        if self.event_handler.mood == "greeting":
            transport.write(b"421 4.3.2 too many sessions\r\n")
            transport.close()
        elif self.event_handler.mood == "nonsense":
            transport.write(b"HTTP/1.0 400 what is this\r\n")
            transport.close()
        elif self.event_handler.mood != "silent":
            super().connection_made(transport)

    def data_received(self, data):
        if self.event_handler.mood not in ("greeting", "nonsense", "silent"):
            super().data_received(data)

    def eof_received(self):
        return False

    def connection_lost(self, error):
        if self.event_handler.mood not in ("greeting", "nonsense", "silent"):
            super().connection_lost(error)


def authenticator(options):
    def authenticate(server, session, envelope, mechanism, data):
        right = [data.login.decode(), data.password.decode()] == options.user
        return AuthResult(success=right, handled=right, message=None if right else "535 5.7.8 wrong password")
    return authenticate if options.user else None


async def serve(options):
    loop = asyncio.get_running_loop()
    handler = Handler(options)
    server = await loop.create_server(
        lambda: Server(handler, hostname="localhost", enable_SMTPUTF8=False, authenticator=authenticator(options),
                       auth_require_tls=False, auth_required=bool(options.user)), "127.0.0.1", 0)
    path = os.path.join(options.folder, "port")
    with open(path + ".new", "w", encoding="ascii") as out:
        out.write(str(server.sockets[0].getsockname()[1]))
    os.rename(path + ".new", path)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("mood")
    parser.add_argument("--user", nargs=2)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    asyncio.run(serve(options))


if __name__ == "__main__":
    main()
