from django.apps import AppConfig


class Submit(AppConfig):
    name = "tribune.submit"
    label = "submit"
