from django.apps import AppConfig


class Synthesise(AppConfig):
    name = "tribune.synthesise"
    label = "synthesise"
