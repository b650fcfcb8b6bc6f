#!/usr/bin/env python3
"""A mail server for tests: takes mails on a free local port and puts each into a folder.

smtp_sink.py FOLDER [--tls CERT KEY] [--user NAME PASSWORD] [--refuse]

Writes its port to FOLDER/port once it listens, and what was notable about each session to FOLDER/log.
"""
import argparse
import base64
import os
import socketserver
import ssl


class Session(socketserver.StreamRequestHandler):
    secure = False
    allowed = False

    def reply(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def note(self, text):
        with open(os.path.join(self.server.options.folder, "log"), "a", encoding="utf-8") as log:
            log.write(text + "\n")

    def hello(self, _):
        options = self.server.options
        self.reply("250-localhost")
        if options.tls and not self.secure:
            self.reply("250-STARTTLS")
        if options.user:
            self.reply("250-AUTH PLAIN")
        self.reply("250 SIZE 1000000")

    def start_tls(self, _):
        self.reply("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.server.options.tls)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.secure = True
        self.note("tls")

    def authenticate(self, line):
        words = line.split()
        if len(words) == 2:
            self.reply("334 ")
            words.append(self.rfile.readline().strip())
        _, name, password = base64.b64decode(words[2]).decode().split("\0")
        self.allowed = [name, password] == self.server.options.user
        self.note("authenticated" if self.allowed else "wrong password")
        self.reply("235 welcome" if self.allowed else "535 no")

    def recipient(self, line):
        if self.server.options.refuse:
            self.reply("550 no such mailbox")
        elif self.server.options.user and not self.allowed:
            self.reply("530 who are you")
        else:
            self.note(line.decode().strip())
            self.reply("250 ok")

    def data(self, _):
        self.reply("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        folder = self.server.options.folder
        number = len([name for name in os.listdir(folder) if name.endswith(".eml")])
        with open(os.path.join(folder, f"{number}.eml"), "wb") as out:
            out.writelines(lines)
        self.reply("250 taken")

    def handle(self):
        verbs = {"EHLO": self.hello, "HELO": self.hello, "STARTTLS": self.start_tls, "AUTH": self.authenticate,
                 "MAIL": lambda _: self.reply("250 ok"), "RCPT": self.recipient, "DATA": self.data,
                 "RSET": lambda _: self.reply("250 ok"), "NOOP": lambda _: self.reply("250 ok")}
        self.reply("220 localhost ESMTP sink")
        while line := self.rfile.readline():
            verb = line.split()[0].decode().upper() if line.strip() else ""
            if verb == "QUIT":
                self.reply("221 bye")
                return
            verbs.get(verb, lambda _: self.reply("500 what"))(line)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that turned away


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--user", nargs=2)
    parser.add_argument("--refuse", action="store_true")
    options = parser.parse_args()
    with Server(("127.0.0.1", 0), Session) as server:
        server.options = options
        path = os.path.join(options.folder, "port")
        with open(path + ".new", "w", encoding="ascii") as out:
            out.write(str(server.server_address[1]))
        os.rename(path + ".new", path)
        server.serve_forever()


if __name__ == "__main__":
    main()
