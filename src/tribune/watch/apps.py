from django.apps import AppConfig


class Watch(AppConfig):
    name = "tribune.watch"
    label = "watch"
