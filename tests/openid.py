"""A real OpenID provider for the tests: Canaille on a loopback port, in a process of its own, with its sign-in form.

`alice` has the role of staff, `bob` has signed up too but has not. `python -m tests.openid PORT ADDRESS...` runs it.
"""

import datetime
import os
import secrets
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

CLIENT, ROLE = "helptree", "support"
CLIENT_SECRET = secrets.token_hex(16)
COOKIE_SECRET = secrets.token_hex(32)
_SECRET = "TEST_CLIENT_SECRET"


def password_of(name: str) -> str:
    return f"correct horse battery {name}"


class Provider:
    """The running provider. `clients`: addresses of the applications that it knows."""

    def __init__(self, port: int, *clients: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "tests.openid", str(port), *clients]
        environment = {**os.environ, _SECRET: CLIENT_SECRET}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def metadata(self) -> str:
        """Where it describes itself."""
        return f"{self.address}/.well-known/openid-configuration"

    def wait(self, seconds: float = 60) -> "Provider":
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(OSError), urlopen(self.metadata, timeout=5):
                return self
            assert self.process.poll() is None
            time.sleep(0.1)
        raise AssertionError("the OpenID provider does not answer")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def main(port: int, clients: list[str]) -> None:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # http is enough on a loopback address
    from canaille import create_app
    from joserfc.jwk import JWKRegistry
    from werkzeug.serving import make_server

    key = JWKRegistry.generate_key("RSA", 2048)
    key.ensure_kid()
    config = {
        "ENV_FILE": None,
        "SECRET_KEY": secrets.token_hex(32),
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": f"127.0.0.1:{port}",
        "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}}},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }
    app = create_app(config=config)
    with app.app_context():
        _fill(clients)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


def _fill(clients: list[str]) -> None:
    from canaille.app import models
    from canaille.backends import Backend

    backend = Backend.instance
    users = {}
    for name in ("alice", "bob"):
        mail = [f"{name}@example.org"]
        users[name] = models.User(user_name=name, formatted_name=name, family_name=name, emails=mail)
        users[name].password = password_of(name)
        backend.save(users[name])
    backend.save(models.Group(display_name=ROLE, members=[users["alice"]]))
    backend.save(models.Group(display_name="everybody", members=list(users.values())))
    addresses = [f"{address}/oauth2callback" for address in clients]
    client = models.Client(
        client_id=CLIENT,
        client_secret=os.environ[_SECRET],
        client_name="The help center",
        client_uri="http://127.0.0.1/",
        redirect_uris=addresses,
        post_logout_redirect_uris=addresses,
        scope=["openid", "groups"],
        response_types=["code"],
        grant_types=["authorization_code"],
        token_endpoint_auth_method="client_secret_basic",
        client_id_issued_at=datetime.datetime.now(datetime.UTC),
    )
    backend.save(client)
    client.audience = [client]
    backend.save(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
