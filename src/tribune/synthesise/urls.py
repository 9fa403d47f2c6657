from django.urls import URLPattern

app_name = "synthesise"
urlpatterns: list[URLPattern] = []
