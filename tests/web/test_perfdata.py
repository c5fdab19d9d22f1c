"""Performance data by the plugin guidelines' grammar, and by what plugins really write."""

import pytest

from atalaia.web.perfdata import Measurement, measurements


@pytest.mark.parametrize(
    ("perfdata", "found"),
    [
        ("", []),
        ("time=0.2", [Measurement(label="time", value="0.2")]),
        (
            "/=2643MB;5948;5958;0;5968",
            [
                Measurement(
                    label="/",
                    value="2643",
                    unit="MB",
                    warning="5948",
                    critical="5958",
                    minimum="0",
                    maximum="5968",
                )
            ],
        ),
        (
            "'free space'=12%;20:;10:",
            [Measurement(label="free space", value="12", unit="%", warning="20:", critical="10:")],
        ),
        ("'it''s'=1", [Measurement(label="it's", value="1")]),
        (
            "a=1 b=-2.5e3s;;",
            [Measurement(label="a", value="1"), Measurement(label="b", value="-2.5e3", unit="s")],
        ),
        ("a=U", [Measurement(label="a", value="U")]),
        ("a=1,5", [Measurement(label="a", value="1,5")]),
        ("rubbish a=1 =3 b=x", [Measurement(label="a", value="1")]),
    ],
)
def test_performance_data_is_read(perfdata: str, found: list[Measurement]) -> None:
    assert measurements(perfdata) == found


@pytest.mark.parametrize(
    ("perfdata", "share"),
    [
        ("a=5;;;0;10", 0.5),
        ("a=15;;;10;20", 0.5),
        ("a=50%", 0.5),
        ("a=1;2;4", 0.25),
        ("a=1;0:2", 0.5),
        ("a=99;1;2", 1.0),
        ("a=-1;1;2", 0.0),
        ("a=1", None),
        ("a=U;1;2", None),
        ("a=1;;;5;5", None),
    ],
)
def test_a_value_lies_somewhere_between_its_ends(perfdata: str, share: float | None) -> None:
    assert measurements(perfdata)[0].share == share
