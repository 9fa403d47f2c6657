import pytest
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("ar", 390, False)])
def test_signing_in_by_code(open_page, sign_in, no_violation, picture, language, width, scripts):
    make_user(email="ada@town.example", name="Ada")
    page = open_page(width=width, language=language, scripts=scripts)
    sign_in(page, "ada@town.example", language)
    assert "Ada" in page.inner_text("h1")
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    if scripts:
        no_violation(page)
    picture(page, f"me-{language}-{width}")
