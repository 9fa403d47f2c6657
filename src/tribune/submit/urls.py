from django.urls import path

from .views import pages, papers, prizes, sending, signing, table

app_name = "submit"
urlpatterns = [
    path("p/<slug:slug>/submissions/new/", table.new_submission, name="new_submission"),
    path("p/<slug:slug>/prizes/", prizes.prizes, name="prizes"),
    path("p/<slug:slug>/prizes/<slug:form>/", prizes.prize, name="prize"),
    path("p/<slug:slug>/prizes/<slug:form>.<slug:suffix>", prizes.prize_file, name="prize_file"),
    path("s/<slug:slug>/", pages.submission, name="submission"),
    path("s/<slug:slug>.docx", pages.docx, name="docx"),
    path("s/<slug:slug>.pdf", pages.pdf, name="pdf"),
    path("s/<slug:slug>.json", pages.as_json, name="json"),
    path("s/<slug:slug>.akn.xml", pages.xml, name="akn"),
    path("s/<slug:slug>.csv", pages.csv, name="csv"),
    path("s/<slug:slug>.xlsx", pages.xlsx, name="xlsx"),
    path("s/<slug:slug>/table/", table.drafting_table, name="table"),
    path("s/<slug:slug>/table/propose/", table.propose, name="propose"),
    path("s/<slug:slug>/table/here/", table.here, name="here"),
    path("s/<slug:slug>/table/history/", table.history, name="history"),
    path("s/<slug:slug>/table/undo/", table.undo, name="undo"),
    path("s/<slug:slug>/table/section/<int:order>/", table.new_sentence, name="new_sentence"),
    path("s/<slug:slug>/table/<slug:public_id>/", table.sentence, name="sentence"),
    path("s/<slug:slug>/table/<slug:public_id>/sources/", table.sources, name="sources"),
    path("s/<slug:slug>/sheet/", papers.language_sheet, name="sheet"),
    path("s/<slug:slug>/sheet.<str:suffix>", papers.language_sheet, name="sheet_file"),
    path("s/<slug:slug>/letters/", papers.letters, name="letters"),
    path("s/<slug:slug>/letter/", papers.letter, name="letter"),
    path("s/<slug:slug>/letter.<str:suffix>", papers.letter, name="letter_file"),
    path("s/<slug:slug>/letters/<str:language>/", papers.letter_template, name="letter_template"),
    path("s/<slug:slug>/signing/", sending.open_signing, name="open_signing"),
    path("s/<slug:slug>/reopen/", sending.reopen, name="reopen"),
    path("s/<slug:slug>/hand-over/", sending.hand_over, name="hand_over"),
    path("s/<slug:slug>/hand-over/<int:number>/", sending.note_answer, name="note_answer"),
    path("s/<slug:slug>/contest/<int:city>/", signing.contest, name="contest"),
    path("sign/<str:secret>/", signing.sign, name="sign"),
    path("sign/<str:secret>/code/", signing.sign_code, name="sign_code"),
]
