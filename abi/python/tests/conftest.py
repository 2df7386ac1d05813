"""Data and fixtures that the tests share."""
import pytest

import influence

# Ada, whose score is worked out by hand in the algorithm's specification.
ADA = {"id": "ada", "mentions": 120, "replies": 40, "saves": 16, "likes": 300,
       "reshares": 85, "quotes": 12, "listings": 31, "followers": 2400}
ADA_SCORE = 36_901_409


@pytest.fixture
def engine():
    with influence.Engine("v1") as made:
        yield made
