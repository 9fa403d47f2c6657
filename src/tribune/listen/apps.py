from django.apps import AppConfig


class Listen(AppConfig):
    name = "tribune.listen"
    label = "listen"
