"""Documents and parts of them that are fetched, from a real server on loopback."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.document.given import HEAD, at, codes

from calque.diagnostics import in_order, render
from calque.document import Document, Terms, load
from calque.document.limits import Limits
from calque.document.remote import Fetched, Fetcher, Unfetched
from calque.resolve import resolve

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server on loopback: what it answers by path, and what it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, str | Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.answers.get(self.path)
                if callable(answer):
                    answer(self)
                elif answer is None:
                    self.send_error(404)
                else:
                    send(self, answer.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @contextmanager
    def serving(self) -> Generator[None]:
        """Answers for as long as it is used."""
        thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        thread.start()
        yield
        self.server.shutdown()
        thread.join()
        self.server.server_close()


def send(handler: BaseHTTPRequestHandler, content: bytes, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def redirect(target: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    with found.serving():
        yield found


def schemas(*lines: str) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{body}"


def read(spec: Path | str, **limits: int) -> Document:
    loaded = load(spec, Terms(remote=Limits(**limits)))
    assert loaded.diagnostics == ()
    assert loaded.document is not None
    assert resolve(loaded.document).diagnostics == ()
    return loaded.document


def said(spec: Path | str, terms: Terms) -> list[str]:
    """The first line of each diagnostic."""
    loaded = load(spec, terms)
    found = loaded.diagnostics
    if loaded.document is not None:
        found += resolve(loaded.document).diagnostics
    ordered = in_order(found, loaded.locator)
    return [render(d, loaded.locator).partition("\n")[0] for d in ordered]


def test_a_document_is_fetched_with_what_it_refers_to(site: Site) -> None:
    site.answers = {
        "/api/openapi.yaml": schemas("A: {$ref: parts/a.yaml}", "B: {type: boolean}"),
        "/api/parts/a.yaml": "{allOf: [{$ref: '../b%20c.json#/x'}, {$ref: '#/$defs/D'}], "
        "$defs: {D: {$ref: '../openapi.yaml#/components/schemas/B'}}}",
        "/api/b%20c.json": '{"x": {"type": "object"}}',
    }
    found = read(f"{site.url}/api/openapi.yaml")
    assert sorted(site.asked) == [
        "/api/b%20c.json",
        "/api/openapi.yaml",
        "/api/parts/a.yaml",
    ]
    targets = resolve(found).targets
    assert targets["#/components/schemas/A"] == f"{site.url}/api/parts/a.yaml#"
    assert targets[f"{site.url}/api/parts/a.yaml#/$defs/D"] == "#/components/schemas/B"


def test_a_file_may_refer_to_a_url_and_that_to_others(
    tmp_path: Path, site: Site
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(schemas(f"A: {{$ref: '{site.url}/a.yaml#/A'}}"))
    site.answers = {"/a.yaml": "A: {$ref: b.yaml}", "/b.yaml": "{type: string}"}
    found = read(spec)
    assert set(found.files.roots) == {"", f"{site.url}/a.yaml", f"{site.url}/b.yaml"}


def test_after_a_redirect_references_are_relative_to_where_it_led(site: Site) -> None:
    site.answers = {
        "/latest": redirect("/v2/openapi.yaml"),
        "/v2/openapi.yaml": schemas("A: {$ref: a.yaml}", "B: {$ref: /moved.yaml}"),
        "/v2/a.yaml": "type: string",
        "/moved.yaml": redirect("/v3/b.yaml"),
        "/v3/b.yaml": "{type: object, properties: {c: {$ref: c.yaml}, d: {$ref: '#'}}}",
        "/v3/c.yaml": "type: string",
    }
    found = read(f"{site.url}/latest")
    assert "/v2/a.yaml" in site.asked
    assert "/v3/c.yaml" in site.asked
    targets = resolve(found).targets
    moved = f"{site.url}/moved.yaml#"
    assert targets[f"{moved}/properties/d"] == moved


def test_a_fetched_document_reads_no_files_of_this_machine(
    tmp_path: Path, site: Site
) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("type: string")
    site.answers = {
        "/a.yaml": schemas(
            f"A: {{$ref: '{secret}'}}", f"B: {{$ref: 'file://{secret}'}}"
        )
    }
    assert said(f"{site.url}/a.yaml", Terms(remote=Limits())) == [
        f"{site.url}/a.yaml:6:15: error: `{site.url}{secret}`: the server answered "
        "404 Not Found [unreadable-ref]",
        f"{site.url}/a.yaml:7:15: error: `file://{secret}`: only http and https are "
        "spoken [unreadable-ref]",
    ]


def test_nothing_is_fetched_unless_it_is_allowed(tmp_path: Path, site: Site) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(schemas(f"A: {{$ref: '{site.url}/a.yaml'}}"))
    assert said(spec, Terms()) == [
        f"{spec}:6:15: error: `{site.url}/a.yaml` would have to be downloaded "
        "[remote-ref]"
    ]
    assert said(f"{site.url}/a.yaml", Terms()) == [
        f"{site.url}/a.yaml: error: the document would have to be downloaded "
        "[remote-ref]"
    ]
    assert site.asked == []


def test_faults_of_a_fetched_part_stand_at_their_url(site: Site) -> None:
    site.answers = {
        "/openapi.yaml": schemas("A: {$ref: a.yaml}", "B: {$ref: b.yaml}"),
        "/a.yaml": "properties:\n  b: {type: strng}",
        "/b.yaml": "a: [",
    }
    assert said(f"{site.url}/openapi.yaml", Terms(remote=Limits())) == [
        f"{site.url}/a.yaml:2:13: error: unknown type `strng` [unknown-type]",
        f"{site.url}/b.yaml:1:5: error: a value is missing here [yaml-syntax]",
    ]


def slowly(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        try:
            handler.wfile.write(b"#")
        except OSError:
            return
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """More than the limit, without saying so before."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b"#" * 1000)
        except OSError:
            return


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"a: 1")


def squeezed(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"a: 1", **{"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("answer", "limits", "message"),
    [
        ("#" * 2000, Limits(size=1999), "it is larger than 1,999 bytes"),
        (endless, Limits(size=1999), "it is larger than 1,999 bytes"),
        ("#", Limits(documents=0), "more than 0 documents would be downloaded"),
        (slowly, Limits(seconds=0.2), "it took longer than 0.2 seconds"),
        (redirect("/a"), Limits(redirects=3), "it redirects more than 3 times"),
        (redirect("ftp://127.0.0.1/a"), Limits(), "only http and https are spoken"),
        (redirect("file:///etc/hostname"), Limits(), "only http and https are spoken"),
        (redirect("http://a:b@127.0.0.1/"), Limits(), "credentials in a URL are not"),
        (cut, Limits(), "the connection ended before the document did"),
        (squeezed, Limits(), "the answer is compressed, though nobody asked"),
    ],
)
def test_the_limits(
    site: Site, answer: str | Answer, limits: Limits, message: str
) -> None:
    site.answers = {"/a": answer}
    found = Fetcher(limits).fetch(f"{site.url}/a")
    assert isinstance(found, Unfetched)
    assert found.message.startswith(message)


def test_the_limit_of_all_documents_together(site: Site) -> None:
    site.answers = {"/a": "#" * 600}
    fetcher = Fetcher(Limits(total=1000))
    assert isinstance(fetcher.fetch(f"{site.url}/a"), Fetched)
    found = fetcher.fetch(f"{site.url}/a")
    assert isinstance(found, Unfetched)
    assert found.message == "all downloads together are larger than 1,000 bytes"


def test_documents_are_read_from_no_other_schemes() -> None:
    for url, scheme in (("htps://e.com/a", "htps"), ("file:///etc/hostname", "file")):
        assert said(url, Terms(remote=Limits())) == [
            f"{url}: error: `{scheme}` is no scheme that documents are read from "
            "[unreadable-file]"
        ]


def test_nobody_is_there(unused_port: int) -> None:
    found = Fetcher().fetch(f"http://127.0.0.1:{unused_port}/a")
    assert isinstance(found, Unfetched)
    assert found.message.startswith("it cannot be reached: ")


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"1"':
            handler.send_response(304)
            handler.end_headers()
        else:
            send(handler, b"type: string", ETag='"1"')

    site.answers = {"/a": answer}
    first = Fetcher().fetch(f"{site.url}/a")
    url = f"{site.url}/a"
    assert first == Fetched(url=url, content=b"type: string", etag='"1"')
    again = Fetcher().fetch(url, '"1"')
    assert again == Fetched(url=url, content=None, etag='"1"')


def test_a_default_is_judged_through_urls(site: Site) -> None:
    site.answers = {
        "/openapi.yaml": schemas("A: {$ref: 'a.yaml#/A', default: x}"),
        "/a.yaml": "A: {type: integer}",
    }
    loaded = load(f"{site.url}/openapi.yaml", Terms(remote=Limits()))
    assert codes(loaded.diagnostics) == ["default-misfit?"]
    assert loaded.document is not None
    assert at(loaded.document, "#/info/title") == "Calls"


def test_the_command_fetches_when_it_is_told_to(tmp_path: Path, site: Site) -> None:
    site.answers = {"/openapi.yaml": schemas("A: {type: string}")}
    url = f"{site.url}/openapi.yaml"
    command = [sys.executable, "-m", "calque", "generate", url, "-o", "package"]
    for options, code in ((["--allow-remote"], 0), ([], 1)):
        done = subprocess.run(
            [*command, *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code
        assert ("allow it with `--allow-remote`" in done.stderr) is bool(code)
    names = {path.name for path in (tmp_path / "package").iterdir()}
    assert names == {"README.md", "calls", "calque.lock", "pyproject.toml"}
