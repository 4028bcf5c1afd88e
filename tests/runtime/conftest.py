"""Certificates for servers of tests, and for their clients."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`ca.pem`, and certificates that it signed: `server.pem`, `client.pem`, with keys."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        subprocess.run(
            ["openssl", *arguments], cwd=folder, check=True, capture_output=True
        )

    new = ["req", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    usage = "basicConstraints=critical,CA:TRUE"
    openssl(
        *new,
        "-x509",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=ca",
        "-addext",
        usage,
        "-addext",
        "keyUsage=critical,keyCertSign",
    )
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    for name in ("server", "client"):
        openssl(
            *new,
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            f"/CN={name}",
        )
        openssl(
            *(
                "x509",
                "-req",
                "-in",
                f"{name}.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
            ),
            *(
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "names",
                "-out",
                f"{name}.pem",
            ),
        )
    return folder
