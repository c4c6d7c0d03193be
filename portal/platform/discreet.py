"""What no log holds: the part of an address that opens something (the link of an invitation to a case)."""

import logging
import re

OPENING = re.compile(r"(/adgang/)[^/\s\"']+")


class Discreet(logging.Filter):
    """Takes it out of each line, whoever writes the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line passes; what opens is gone from it."""
        line = record.getMessage()
        if "/adgang/" in line:
            record.msg, record.args = OPENING.sub(r"\1…", line), ()
        return True
