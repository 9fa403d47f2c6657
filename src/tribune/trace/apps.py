from django.apps import AppConfig


class Trace(AppConfig):
    name = "tribune.trace"
    label = "trace"
