"""All addresses: the language in the path, except for permalinks and files of machines."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path

from tribune.common import views as common
from tribune.common.machine import views as machine
from tribune.common.styleguide import styleguide
from tribune.people import sign_in_urls
from tribune.watch.views.front import front


def chinese(request: HttpRequest, rest: str) -> HttpResponse:
    """`/zh/…` is what people type; the catalogue's full code is zh-hans."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"/zh-hans/{rest}{'?' + query if query else ''}", permanent=True)


urlpatterns = [
    path("healthz", common.healthz, name="healthz"),
    path("readyz", common.readyz, name="readyz"),
    re_path(r"^zh/(?P<rest>.*)$", chinese, name="chinese"),
    path("", include("tribune.watch.permalinks")),
    path("", include("tribune.people.permalinks")),
    path("", include("tribune.trace.permalinks")),
    *i18n_patterns(
        path("", front, name="front"),
        path("styleguide/", styleguide, name="styleguide"),
        path("ai-register/", machine.ai_register, name="ai_register"),
        path("ai-register/<slug:name>/", machine.method_card, name="method_card"),
        path("", include(sign_in_urls)),
        path("", include("tribune.people.urls")),
        path("", include("tribune.watch.urls")),
        path("", include("tribune.evidence.urls")),
        path("", include("tribune.listen.urls")),
        path("", include("tribune.synthesise.urls")),
        path("", include("tribune.submit.urls")),
        path("", include("tribune.trace.urls")),
    ),
]
