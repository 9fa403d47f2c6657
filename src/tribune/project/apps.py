from django.apps import AppConfig


class Project(AppConfig):
    name = "tribune.project"
    label = "project"
