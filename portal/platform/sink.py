"""A mail server for one machine that keeps everything and sends nothing on: `python -m portal.platform.sink --port 8025`.

Each mail becomes a file under DATA_DIR/mail; portal/platform/mailbox.py reads them.
"""

import argparse
import asyncio
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.platform.mailbox import keep

LARGEST_MAIL = 60 * 1024 * 1024  # bytes: more than the portal ever sends


class Keeper:
    """aiosmtpd's handler: accepts every recipient; 250 only after the mail is on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        source = envelope.original_content or b""
        keep(source, sender=envelope.mail_from or "", recipients=list(envelope.rcpt_tos), into=self.folder)
        return "250 Kept"


async def serve(host: str, port: int, folder: Path) -> None:
    """Until SIGTERM or SIGINT; OSError where the port is taken."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    keeper = Keeper(folder)

    def conversation() -> SMTP:
        return SMTP(keeper, hostname="localhost", ident="sink", data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True)

    server = await loop.create_server(conversation, host, port)
    async with server:
        await ended.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8025)
    parser.add_argument("--folder", type=Path, default=Path(".data/mail"))
    options = parser.parse_args()
    asyncio.run(serve(options.host, options.port, options.folder))


if __name__ == "__main__":
    main()
