"""Mail on a machine of one's own: written where the server runs, as somebody would read it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend


class EmailBackend(ConsoleBackend):
    """Like Django's, but without the encoding for transport, which breaks a link over two lines."""

    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(f"\nTil: {', '.join(message.to)}\nEmne: {message.subject}\n\n{message.body}\n")
