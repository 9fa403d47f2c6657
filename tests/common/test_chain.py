from datetime import date

import pytest

from tribune.common import chain
from tribune.common.models import Link, LinkContent

pytestmark = pytest.mark.django_db
DAY = date(2027, 5, 17)


def _three():
    return [chain.append("ledger", kind="signed", subject=f"ask{n}", content={"verdict": "partly", "n": n}, on=DAY)
            for n in range(3)]


def test_chain_holds_and_its_head_moves():
    first = chain.head("ledger")
    _three()
    assert chain.verify("ledger") == 3
    assert chain.head("ledger") != first
    assert chain.verify("journal") == 0


def test_changed_content_is_found():
    links = _three()
    LinkContent.objects.filter(link=links[1]).update(content={"verdict": "verbatim", "n": 1})
    with pytest.raises(chain.Broken, match="content of link 2"):
        chain.verify("ledger")


@pytest.mark.parametrize("field", ["kind", "subject", "commitment", "previous", "digest"])
def test_changed_link_is_found(field):
    links = _three()
    Link.objects.filter(pk=links[1].pk).update(**{field: "x"})
    with pytest.raises(chain.Broken):
        chain.verify("ledger")


def test_missing_link_is_found():
    links = _three()
    Link.objects.filter(pk=links[1].pk).delete()
    with pytest.raises(chain.Broken, match="link 2"):
        chain.verify("ledger")


def test_erasure_removes_the_content_and_the_chain_still_holds():
    links = _three()
    chain.erase(links[1], on=DAY)
    assert not LinkContent.objects.filter(link=links[1]).exists()
    assert chain.verify("ledger") == 4
    assert "partly" not in str(list(Link.objects.values()))
