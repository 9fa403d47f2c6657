"""A server that speaks as an OpenAI-compatible language model does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class _Server(ThreadingHTTPServer):
    answers: list
    asked: list
    raw = None
    status = 200


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        said = server.answers.pop(0) if server.answers else ""
        said = said(server.asked[-1]["messages"][1]["content"]) if callable(said) else said
        body = server.raw or json.dumps({"choices": [{"message": {"content": said}}]}).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def language_model(settings):
    """A small server that speaks as an OpenAI-compatible model does; `answers` are said one after the other."""
    server = _Server(("127.0.0.1", 0), _Answers)
    server.answers, server.asked = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.MODEL_URL = f"http://127.0.0.1:{server.server_port}/v1"
    settings.MODEL_NAME = "tiny"
    yield server
    server.shutdown()
    server.server_close()
