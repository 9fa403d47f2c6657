from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Common(AppConfig):
    name = "tribune.common"
    label = "common"

    def ready(self) -> None:
        # Each room's reactions, periodic jobs, slots and machines register themselves when their module is imported.
        autodiscover_modules("reactions", "jobs", "slots", "machine")
