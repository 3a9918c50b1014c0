#!/usr/bin/env python3
"""Token introspection for the test rig: knows one access token and one user.

usage: token_service.py TOKEN_FILE USER PORT_FILE PROVIDER_PORT

Listens on a free port of 127.0.0.1 and writes its number to PORT_FILE.
TOKEN_FILE is read at each request, so a test can let a token lapse by
overwriting it. Any other token is the provider's to judge, which listens on
PROVIDER_PORT and is asked the same way.
"""

import hmac
import http.client
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def main() -> None:
    token_file, user, port_file, provider_port = sys.argv[1:]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with open(token_file, "rb") as file:
                token = file.read().strip()
            given = self.headers.get("Authorization", "").encode("latin-1")
            good = bool(token) and hmac.compare_digest(given, b"Bearer " + token)
            if good:
                status, body = 200, json.dumps({"active": True, "username": user}).encode()
            else:
                status, body = ask(int(provider_port), given.decode("latin-1"))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Renamed into place: whoever sees the file sees the whole number.
    with open(port_file + ".new", "w", encoding="ascii") as file:
        file.write(f"{server.server_port}\n")
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


def ask(port: int, authorization: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/introspect", headers={"Authorization": authorization})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
