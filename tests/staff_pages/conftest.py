"""One server of staff pages, and one provider, for all tests of a run that ask for them."""

from collections.abc import Iterator

import pytest

from tests.staff_pages.desks import Desk, running_desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running
