"""A part of the example environment has the name of the container that it would be: one configuration for
both."""

import re

from support.production import PRODUCTION


def test_every_part_s_container_is_one_of_compose() -> None:
    source = (PRODUCTION / "launcher" / "supervising.py").read_text()
    table = source.partition("CONTAINERS = {")[2].partition("}")[0]
    compose = (PRODUCTION / "compose.yaml").read_text()
    names = set(re.findall(r'"[a-z]+": "([^"]+)"', table)) | {"zookeeper", "broker", "atalaia"}

    assert len(names) == 8
    assert names <= set(re.findall(r"container_name: (\S+)", compose))
