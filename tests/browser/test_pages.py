"""Every kind of page, on a telephone and a desk, by day and by night."""

import pytest

from tests.browser.axe import violations_everywhere
from tests.browser.conftest import Opens
from tests.browser.pages import PAGES, STATUS


@pytest.mark.parametrize(("place", "name"), [*enumerate(PAGES)], ids=PAGES)
def test_a_page_is_sound_and_accessible_at_every_width_by_day_and_night(
    visit: Opens, place: int, name: str
) -> None:
    seen = visit(PAGES[name])
    assert seen.status == STATUS.get(name, 200)
    assert seen.page.locator("h1").count() == 1
    assert seen.page.title().endswith(("Aide-Mémoire", "its sources"))
    assert violations_everywhere(seen, place) == []
    assert seen.wrong == []
