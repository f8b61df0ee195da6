"""A mail server that dies, hangs or refuses where a test wants it to."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text")


@dataclass
class Server:
    """`fails` is the step at which it does something else; `how` it fails there: "dies" closes the
    connection, "hangs" says nothing more, digits are its answer."""

    fails: str = ""
    how: str = "dies"
    bad: frozenset[str] = frozenset()  # recipients that it does not know
    took: list[EmailMessage] = field(default_factory=list)
    calls: int = 0
    patience: float = 0.1  # seconds, of who asks
    url: str = ""

    @contextmanager
    def running(self) -> Iterator[Server]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            listening.settimeout(0.05)
            self.url = f"smtp://127.0.0.1:{listening.getsockname()[1]}"
            over = threading.Event()
            thread = threading.Thread(target=self._serve, args=(listening, over))
            thread.start()
            try:
                yield self
            finally:
                over.set()
                thread.join()

    def _serve(self, listening: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            try:
                connection, _address = listening.accept()
            except TimeoutError:
                continue
            self.calls += 1
            connection.settimeout(5)
            with connection, connection.makefile("rwb") as stream:
                try:
                    self._talk(stream, over)
                except (OSError, ValueError):
                    continue

    def _talk(self, stream: socket.SocketIO, over: threading.Event) -> None:
        def say(step: str, words: str) -> None:
            if step == self.fails:
                if self.how == "hangs":
                    over.wait(2 * self.patience)
                if not self.how.isdigit():
                    raise OSError(step)
                words = f"{self.how} no"
            stream.write(f"{words}\r\n".encode())
            stream.flush()

        say("connect", "220 here")
        while line := stream.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "RCPT" and any(bad in line for bad in self.bad):
                stream.write(b"550 nobody of that name\r\n")
                stream.flush()
            elif verb == "DATA":
                say("DATA", "354 go on")
                if self.fails == "DATA":
                    continue
                text = b"".join(iter(stream.readline, b".\r\n"))
                if self.fails != "text":
                    self.took.append(email.message_from_bytes(text, policy=email.policy.default))
                say("text", "250 mine now")
            else:
                say("EHLO" if verb == "HELO" else verb, "221 bye" if verb == "QUIT" else "250 yes")
                if verb == "QUIT":
                    return
