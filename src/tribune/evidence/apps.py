from django.apps import AppConfig


class Evidence(AppConfig):
    name = "tribune.evidence"
    label = "evidence"
