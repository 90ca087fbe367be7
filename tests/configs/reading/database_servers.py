"""A PostgreSQL and a MariaDB of the tests' own: in a temporary folder, on a free port, as a user without rights."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "s3cret/of@us"
ENCODED = "s3cret%2Fof%40us"
READY_S = 60


@dataclass(frozen=True)
class Server:
    """A running server: URL with `ENCODED` as password, and a function that runs statements as its owner."""

    url: str
    port: int
    run: Callable[..., None]


def _program(name: str, *folders: str) -> str | None:
    """Path of a program, wherever Debian puts it; links are followed, as servers look for their files beside them."""
    places = [place for pattern in folders for place in sorted(Path("/").glob(pattern))]
    found = next((str(place / name) for place in places if (place / name).exists()), shutil.which(name))
    return found and str(Path(found).resolve())


def _owner() -> dict[str, str]:
    """Servers refuse to run as root; the tests may be root."""
    return {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sc-db-", dir="/tmp"))
    if _owner():
        shutil.chown(folder, "nobody", "nogroup")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, connect: Callable[[], object]) -> Iterator[None]:
    """Start a server, wait until it lets us in, and end it."""
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **_owner())
    try:
        end = time.monotonic() + READY_S
        while True:
            try:
                connect()
                break
            except Exception:  # noqa: BLE001 - whatever the driver says while the server starts
                if time.monotonic() > end or server.poll() is not None:
                    pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


@contextmanager
def postgresql() -> Iterator[Server]:
    """Start PostgreSQL with the user and database ``planner``."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")
    initdb, postgres = (_program(name, "usr/lib/postgresql/*/bin") for name in ("initdb", "postgres"))
    if not (initdb and postgres):
        pytest.skip("PostgreSQL (Debian package postgresql) is not installed")
    with _folder() as folder:
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        made = [initdb, "-D", str(folder / "data"), "-U", "planner", "--pwfile", str(secret), "-A", "scram-sha-256"]
        subprocess.run(
            [*made, "-E", "UTF8", "--locale=C", "--no-sync"], check=True, capture_output=True, cwd=folder, **_owner()
        )
        port = free_port()
        given = {"host": "127.0.0.1", "port": port, "user": "planner", "password": PASSWORD, "dbname": "postgres"}
        command = [postgres, "-D", str(folder / "data"), "-p", str(port), "-k", str(folder), "-c", "fsync=off"]

        def run(*statements: str) -> None:
            with psycopg.connect(**given, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement)

        with _running([*command, "-c", "listen_addresses=127.0.0.1"], folder, run):
            yield Server(f"postgresql://planner:{ENCODED}@127.0.0.1:{port}/postgres", port, run)


@contextmanager
def mariadb() -> Iterator[Server]:
    """Start MariaDB with the user ``planner`` and the database ``calls``."""
    pymysql = pytest.importorskip("pymysql", reason="PyMySQL is not installed")
    pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")
    install, server = _program("mariadb-install-db"), _program("mariadbd", "usr/sbin")
    if not (install and server):
        pytest.skip("MariaDB (Debian package mariadb-server) is not installed")
    with _folder() as folder:
        data, port = f"--datadir={folder / 'data'}", free_port()
        made = [install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **_owner())
        place = [f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}", f"--port={port}"]
        command = [server, "--no-defaults", data, *place, "--bind-address=127.0.0.1"]

        def run(*statements: str, database: str | None = "calls") -> None:
            connection = pymysql.connect(
                unix_socket=str(folder / "socket"), user="root", database=database, autocommit=True
            )
            with connection, connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)

        def let_in() -> None:
            (folder / "socket").stat()  # PyMySQL leaks a socket where nobody listens yet
            run(database=None)

        with _running(command, folder, let_in):
            user = f"CREATE USER planner@'%' IDENTIFIED BY '{PASSWORD}'"
            run(
                "CREATE DATABASE calls CHARACTER SET utf8mb4",
                user,
                "GRANT ALL ON calls.* TO planner@'%'",
                database=None,
            )
            yield Server(f"mariadb://planner:{ENCODED}@127.0.0.1:{port}/calls", port, run)
