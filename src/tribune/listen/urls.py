from django.urls import path

from . import views

app_name = "listen"
urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.new, name="new"),
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/<str:kind>/<str:public_id>/", views.moderate, name="moderate"),
    path("receipt/", views.receipt, name="receipt"),
    path("city/<slug:slug>/desk/", views.city_desk, name="city_desk"),
    path("city/<slug:slug>/desk/<str:public_id>/", views.send, name="send"),
    path("city/<slug:slug>/settle/", views.settle, name="settle"),
    path("city/<slug:slug>/settled/<str:public_id>/undo/", views.undo_settlement, name="undo_settlement"),
    path("city/<slug:slug>/desk/<str:public_id>/words/", views.revise, name="revise"),
    path("city/<slug:slug>/desk/<str:public_id>/back/", views.bring_back, name="bring_back"),
    path("city/<slug:slug>/mandates/<str:public_id>/", views.mandate_document, name="mandate_document"),
    path("city/<slug:slug>/letter/<slug:consultation>/", views.letter, name="letter"),
    path("city/<slug:slug>/letter/<slug:consultation>.docx", views.letter_file, name="letter_file"),
    path("c/<slug:slug>/", views.consultation, name="consultation"),
    path("c/<slug:slug>/qr.svg", views.qr, name="qr"),
    path("c/<slug:slug>/vote/", views.vote, name="vote"),
    path("c/<slug:slug>/vote/cast/", views.cast, name="cast"),
    path("c/<slug:slug>/vote/propose/", views.propose, name="propose"),
    path("c/<slug:slug>/results/", views.results, name="results"),
    path("c/<slug:slug>/manage/", views.manage, name="manage"),
    path("c/<slug:slug>/edit/", views.edit, name="edit"),
    path("c/<slug:slug>/open/", views.open_now, name="open"),
    path("c/<slug:slug>/close/", views.close, name="close"),
    path("c/<slug:slug>/statements/add/", views.add_statement, name="add_statement"),
    path("c/<slug:slug>/take-back/<str:public_id>/", views.take_back, name="take_back"),
    path("c/<slug:slug>/light/", views.light, name="light"),
    path("c/<slug:slug>/questions/", views.questions, name="questions"),
    path("c/<slug:slug>/questions/set/", views.set_questions, name="set_questions"),
    path("c/<slug:slug>/questions/<str:public_id>/", views.question, name="question"),
    path("c/<slug:slug>/points/", views.points, name="points"),
    path("c/<slug:slug>/review/", views.review, name="review"),
    path("c/<slug:slug>/phases/", views.phases, name="phases"),
    path("c/<slug:slug>/summary/", views.summary, name="summary"),
    path("c/<slug:slug>/same/", views.twins, name="twins"),
    # Last: a paragraph's id may be any word that is not one of the above.
    path("c/<slug:slug>/<str:path>/", views.write, name="write"),
]
