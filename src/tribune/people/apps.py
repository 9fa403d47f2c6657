from django.apps import AppConfig


class People(AppConfig):
    name = "tribune.people"
    label = "people"
