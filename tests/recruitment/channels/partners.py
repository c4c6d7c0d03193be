"""Small servers that speak partners' formats, keep what they got, and misbehave on request."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class Call:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def method(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def fields(self) -> dict[str, Any]:
        return json.loads(self.body or b"{}")


@dataclass
class Said:
    """An answer; `lost` means that the work is done and the line is cut before a word comes back."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    slow: float = 0


class Partner:
    """A server on a port of its own. `trouble` maps a method to answers that are given first, one a call."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.trouble: dict[str, list[Said]] = {}
        self.before: Callable[[Call], None] = lambda _call: None
        partner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                call = Call(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                partner.calls.append(call)
                partner.before(call)
                waiting = partner.trouble.get(call.method, [])
                said = waiting.pop(0) if waiting else None
                if said is None or said.lost:
                    good = partner.answer(call)
                    said = Said(good.status, good.body, good.headers, lost=said is not None)
                time.sleep(said.slow)
                if said.lost:
                    self.close_connection = True
                    return
                text = json.dumps(said.body).encode()
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(text)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_about: object) -> None:
                """Nothing to say."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, _request: object, _address: object) -> None:
                """Somebody hung up: that is what some tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://{self.host}/hooks"

    def answer(self, call: Call) -> Said:
        return Said()

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]


class JobnetServer(Partner):
    """Keeps ads by number, as STAR's service does: drafts, ads that wait for approval, ads that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.ads: dict[str, dict[str, Any]] = {}
        self.key = "jobnet-key"

    @property
    def address(self) -> str:
        return f"http://{self.host}/v2"

    def answer(self, call: Call) -> Said:
        if call.headers.get("authorization") != f"Bearer {self.key}":
            return Said(401, {"Errors": [{"Code": "KEY", "Message": "Ukendt nøgle"}]})
        return getattr(self, f"on_{call.method}")(call.fields)

    def approve(self) -> None:
        for ad in self.ads.values():
            if ad["Status"] == "PendingApproval":
                ad |= {"Status": "Published", "Url": f"https://jobnet.example/{ad['JobannonceId']}"}

    def refuse(self, why: str) -> None:
        for ad in self.ads.values():
            ad |= {"Status": "Rejected", "Reason": why}

    def shown(self) -> list[dict[str, Any]]:
        return [ad for ad in self.ads.values() if ad["Status"] in {"PendingApproval", "Published"}]

    def on_IsValidJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802 - the partner's names
        missing = [name for name in ("PublishStartDate", "PublishEndDate", "JobDetails") if not fields.get(name)]
        return Said(200, {"Errors": [{"Code": "REQUIRED", "Message": f"{name} mangler"} for name in missing]})

    def on_SearchJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        found = [ad for ad in self.ads.values() if ad["fields"].get("ExternalReference") == fields["ExternalReference"]]
        return Said(200, {"Jobannoncer": found})

    def on_CreateJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        number = str(5_000_000 + len(self.ads))
        self.ads[number] = {"JobannonceId": number, "Status": "Draft", "fields": fields}
        return Said(200, self.ads[number])

    def on_UpdateJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        ad = self.ads[fields["JobannonceId"]]
        ad["fields"] = fields
        return Said(200, ad)

    def on_PublishJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        ad = self.ads[fields["JobannonceId"]]
        ad["Status"] = "PendingApproval"
        return Said(200, ad)

    def on_CloseJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        self.ads[fields["JobannonceId"]]["Status"] = "Closed"
        return Said()

    def on_DeleteJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        del self.ads[fields["JobannonceId"]]
        return Said()

    def on_GetJobannonce(self, fields: dict[str, Any]) -> Said:  # noqa: N802
        return Said(200, self.ads[fields["JobannonceId"]])


class Pages(ThreadingHTTPServer):
    """One page at every address; remembers who asked for what."""

    def __init__(self, page: str) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_about: object) -> None:
                """Nothing to say."""

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()
