"""The one language model of an instance: any OpenAI-compatible address, off unless configured, each use on record.

Nothing here needs it. Who calls this has made sure that the words are public: no inner version, no restricted text and
nothing of the safe space ever goes to a model (GROUND.md, Plumbing).
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tribune.common import outbound
from tribune.common.models import ModelUse
from tribune.common.refusals import Refusal

# A label or a sentence; whoever answers with more was asked something else.
MOST_ANSWERED = 8_000
MOST_ASKED = 24_000


class NoAnswer(Refusal):
    """The language model gave no answer that can be used; says why."""

    status = 502


@dataclass(frozen=True, slots=True)
class Model:
    """The configured model: its name and the host that answers."""

    name: str
    host: str
    is_local: bool


def model() -> Model | None:
    """Return the language model of this instance, or None: it is off."""
    address = settings.MODEL_URL
    if not address:
        return None
    host = urlsplit(address).hostname or ""
    return Model(settings.MODEL_NAME or "default", host, outbound.is_inside(host))


def ask_model(*, purpose: str, system: str, words: str, by: str, thing: str, at: datetime) -> tuple[str, ModelUse]:
    """Ask the model one thing; return its answer and the line of the register that this use left.

    `purpose` is a code of the register, `by` and `thing` are public ids. The line holds digests and lengths, never
    words. Raises NoAnswer where no model is on, the question is too long, or no usable answer comes; that is on
    record too.
    """
    chosen = model()
    if chosen is None:
        raise NoAnswer(_("No language model is switched on here."))
    if len(words) > MOST_ASKED:
        raise NoAnswer(_("That is more than a language model is asked here at once."))
    asked = time.monotonic()
    use = ModelUse(purpose=purpose, model=chosen.name, host=chosen.host, by=by, thing=thing, asked_at=at,
                   n_asked=len(words), asked_sha256=_digest(system + "\n" + words))
    try:
        answer = _answer(chosen, system, words)
    except NoAnswer as refusal:
        use.outcome, use.why = ModelUse.NONE, str(refusal)[:200]
        raise
    else:
        use.n_answered, use.answered_sha256, use.outcome = len(answer), _digest(answer), ModelUse.ANSWERED
        return answer, use
    finally:
        use.milliseconds = int((time.monotonic() - asked) * 1000)
        use.save()


def _answer(chosen: Model, system: str, words: str) -> str:
    body = {"model": chosen.name, "temperature": 0, "max_tokens": 600, "stream": False,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": words}]}
    headers = {"Authorization": f"Bearer {settings.MODEL_KEY}"} if settings.MODEL_KEY else {}
    try:
        came = outbound.post_json(settings.MODEL_URL.rstrip("/") + "/chat/completions", body, headers=headers,
                                  seconds=settings.MODEL_SECONDS)
    except outbound.NotFetched as refusal:
        raise NoAnswer(_("The language model did not answer: %(why)s") % {"why": refusal}) from refusal
    if came.status != 200:
        raise NoAnswer(_("The language model answered with error %(status)d.") % {"status": came.status})
    try:
        answer = json.loads(came.body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise NoAnswer(_("The language model answered something that cannot be read.")) from error
    if not isinstance(answer, str) or not answer.strip() or len(answer) > MOST_ANSWERED:
        raise NoAnswer(_("The language model answered something that cannot be read."))
    return answer.strip()


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
