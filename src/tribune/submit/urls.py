from django.urls import URLPattern

app_name = "submit"
urlpatterns: list[URLPattern] = []
