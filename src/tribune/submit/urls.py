from django.urls import path

from . import views

app_name = "submit"
urlpatterns = [
    path("p/<slug:slug>/submissions/new/", views.new_submission, name="new_submission"),
    path("s/<slug:slug>/", views.submission, name="submission"),
    path("s/<slug:slug>.docx", views.submission_docx, name="docx"),
    path("s/<slug:slug>/table/", views.drafting_table, name="table"),
    path("s/<slug:slug>/table/propose/", views.propose, name="propose"),
    path("s/<slug:slug>/table/section/<int:order>/", views.new_sentence, name="new_sentence"),
    path("s/<slug:slug>/table/<slug:public_id>/", views.sentence, name="sentence"),
    path("s/<slug:slug>/table/<slug:public_id>/sources/", views.sources, name="sources"),
    path("s/<slug:slug>/signing/", views.open_signing, name="open_signing"),
    path("s/<slug:slug>/hand-over/", views.hand_over, name="hand_over"),
    path("s/<slug:slug>/contest/<int:city>/", views.contest, name="contest"),
    path("sign/<str:secret>/", views.sign, name="sign"),
    path("sign/<str:secret>/code/", views.sign_code, name="sign_code"),
]
