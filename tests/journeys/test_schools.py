"""S21: a city brings its schools and nodes, sees which lack connectivity, what it takes, and puts it under an ask."""

import pytest
from tests.factories import make_city, make_delegate, user_of

from tribune.evidence.models import School

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCHOOLS = "id,name,lat,lon,pupils,girls,download_mbps,stable,electricity,devices\n" + "".join(
    f"s{i},School {i},{12 + i / 80:.4f},{-38 - i * i % 7 / 60:.4f},{100 + i * 40},{50 + i * 20},"
    f"{'' if i % 5 == 0 else i * 6},{'yes' if i % 2 else ''},yes,yes\n" for i in range(24)) + "x,Nowhere,0,0,1,1,1,,,\n"
NODES = "id,lat,lon\nn1,12.01,-38.01\n"


@pytest.fixture
def city():
    return make_city(name="Kestrel Sound", slug="kestrel")


def test_a_city_brings_its_schools_and_asks_what_a_budget_buys(open_page, sign_in, no_violation, picture, city,
                                                                 tmp_path):
    page = open_page()
    sign_in(page, user_of(make_delegate(city)).email)
    for name, text in (("schools.csv", SCHOOLS), ("nodes.csv", NODES)):
        (tmp_path / name).write_text(text)
    page.goto("/en/city/kestrel/")
    page.get_by_role("link", name="Bring a list").click()
    for kind, name in (("schools", "schools.csv"), ("nodes", "nodes.csv")):
        page.get_by_label("What is in the file").select_option(kind)
        page.get_by_label("File", exact=True).set_input_files(tmp_path / name)
        page.get_by_label("Source").fill("School register")
        page.get_by_role("button", name="Look at it").press("Enter")
        if kind == "schools":
            assert page.get_by_role("heading", level=1).inner_text() == "24 schools can be used"
            assert page.get_by_text("the place is 0, 0: 1").is_visible()
        page.get_by_role("button", name="Use this list").press("Enter")
        if kind == "schools":
            page.goto("/en/city/kestrel/schools/lists/")
    assert "schools are not meaningfully connected" in page.get_by_role("heading", level=1).inner_text()
    no_violation(page)
    page.get_by_label("Budget in USD").fill("9000")
    page.get_by_label("Spend it so that most of these are connected").select_option("girls")
    page.get_by_role("button", name="Show").press("Enter")
    assert "of them girls" in page.get_by_role("status").first.inner_text()
    page.get_by_role("link", name="School 3", exact=True).click()
    assert page.get_by_role("heading", name="What each way would cost").is_visible()
    no_violation(page)
    picture(page, "school")
    assert School.objects.count() == 24


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_a_phone_without_javascript(open_page, sign_in, city, tmp_path, language):
    page = open_page(width=390, scripts=False)
    sign_in(page, user_of(make_delegate(city)).email)
    (tmp_path / "schools.csv").write_text(SCHOOLS)
    page.goto("/en/city/kestrel/schools/lists/")
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "schools.csv")
    page.get_by_label("Source").fill("School register")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Use this list").click()
    page.goto(f"/{language}/city/kestrel/schools/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("table").first.is_visible()
