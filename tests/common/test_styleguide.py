"""The visual language keeps its promises: contrast, direction, policy, weight."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

import tribune.common

STATIC = Path(tribune.common.__file__).parent / "static"
TEMPLATES = Path(tribune.common.__file__).parent / "templates"
SHEETS = sorted(STATIC.rglob("*.css"))
LANGUAGES = [code for code, _ in settings.LANGUAGES]
LIMIT = 100_000
# What an English page draws its words with; other files are loaded only when their letters occur.
ENGLISH = ("Sans-Regular", "Sans-SemiBold", "Serif-Regular", "Serif-SemiBold", "Serif-Italic", "SerifDisplay-Light")


def tokens(block: str) -> dict[str, str]:
    """The colours set in one block of the token file."""
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))


def palettes() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Light, dark by the device, dark by attribute."""
    text = (STATIC / "common" / "tokens.css").read_text()
    light, rest = text.split("@media (prefers-color-scheme: dark)")
    by_device, by_attribute = rest.split('[data-theme="dark"] {')
    return tokens(light), tokens(by_device), tokens(by_attribute.split("}")[0])


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_dark_blocks_say_the_same() -> None:
    light, by_device, by_attribute = palettes()
    assert by_device == by_attribute
    assert by_device.keys() == light.keys()


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground(theme: int) -> None:
    colours = palettes()[theme]
    grounds = {name: ["paper", "quiet"] for name in ("ink", "ink2", "ink3", "voice", "ins", "del", "warn")}
    for name in ("voice", "ins", "del", "warn"):
        grounds[name].append(f"{name}-wash")
    # Marked words inside running text stay in ink on the wash; a mention that was added is green on blue.
    grounds["ink"] += ["voice-wash", "warn-wash"]
    grounds["ins"].append("voice-wash")
    grounds["del"].append("voice-wash")
    weak = {
        (name, ground): round(contrast(colours[name], colours[ground]), 2)
        for name, on in grounds.items()
        for ground in on
        if contrast(colours[name], colours[ground]) < 4.5
    }
    assert weak == {}
    assert contrast(colours["paper"], colours["voice"]) >= 4.5
    assert contrast(colours["edge"], colours["paper"]) >= 3
    assert contrast(colours["warn-edge"], colours["paper"]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_know_no_left_and_no_right(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    physical = re.compile(
        r"(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right"
        r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    )
    assert physical.findall(text) == []
    for value in re.findall(r"(?:padding|margin)\s*:\s*([^;}]+)", text):
        parts = re.sub(r"\([^()]*\)", "()", re.sub(r"\([^()]*\)", "()", value)).split()
        assert len(parts) < 4 or parts[1] == parts[3], f"{value!r} tells the sides apart"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_take_colours_from_the_tokens_and_files_from_here(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    assert "http" not in text
    if sheet.name not in ("tokens.css", "print.css"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []
    for name in re.findall(r"url\(([^)]+)\)", text):
        assert (sheet.parent / name).is_file(), name


def test_every_variable_that_is_used_is_a_token() -> None:
    known = set(re.findall(r"--([a-z0-9-]+):", (STATIC / "common" / "tokens.css").read_text()))
    used = {name for sheet in SHEETS for name in re.findall(r"var\(--([a-z0-9-]+)", sheet.read_text())}
    assert used - known == set()


def test_scripts_are_small() -> None:
    for script in (STATIC / "common" / "js").glob("*.js"):
        assert script.stat().st_size < 3000, script.name


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_styleguide_is_there_in_each_language_with_nothing_inline(client: Client, code: str) -> None:
    answer = client.get(f"/{code}/styleguide/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in page
    assert re.findall(r"<[^>]+\sstyle\s*=", page) == []
    assert re.findall(r"<style\b", page) == []
    assert re.findall(r"<[^>]+\son[a-z]+\s*=", page) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert page.count('rel="alternate" hreflang=') == len(LANGUAGES)
    assert "https://" not in page.replace("https://testserver", "")


@pytest.mark.django_db
def test_ids_are_unique_and_anchors_lead_somewhere(client: Client) -> None:
    page = client.get("/en/styleguide/").content.decode()
    idents = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(idents) == sorted(set(idents))
    for names in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
        assert set(names.split()) <= set(idents)
    for name in re.findall(r'href="#([^"]+)"', page):
        assert name in idents


@pytest.mark.django_db
def test_the_first_view_of_an_english_page_stays_light(client: Client) -> None:
    """All that the frame of a page loads, uncompressed: its own words have what is left of the limit."""
    page = render_to_string("404.html", {"language": "en", "languages": []})
    files = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page))
    assert len(files) >= 8
    weights = {name: (STATIC / name).stat().st_size for name in files}
    for face in ENGLISH:
        weights[face] = (STATIC / "common" / "fonts" / f"{face}.latin.woff2").stat().st_size
    weights["page"] = len(client.get("/en/no-such-page/").content)
    assert sum(weights.values()) <= LIMIT, weights


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_no_context(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert "!" not in re.sub(r"<!doctype html>", "", page, flags=re.I)


def test_redline_escapes_and_marks_by_offset() -> None:
    page = Template("{% load tribune %}{% redline pieces mentions=spans %}").render(
        Context(
            {
                "pieces": [["=", "with <b> "], ["-", "old"], ["+", "local authorities"], ["=", "."]],
                "spans": [(9, 26)],
            }
        )
    )
    assert "with &lt;b&gt; " in page
    assert re.search(r"<del[^>]*>old</del><ins[^>]*><mark>local authorities</mark></ins>\.", page)


def test_a_span_across_pieces_keeps_every_letter() -> None:
    text = [["=", "the local "], ["+", "and regional "], ["=", "governments"]]
    page = Template("{% load tribune %}{% redline pieces mentions=spans %}").render(
        Context({"pieces": text, "spans": [(4, 34)]})
    )
    assert re.sub(r"<[^>]+>", "", page) == "the local and regional governments"
    assert page.count("<mark>") == 3


def test_a_proposed_verdict_says_so_without_its_underline() -> None:
    page = Template('{% load tribune %}{% verdict "partly" proposed=True %}').render(Context())
    assert "proposed, not signed" in page
