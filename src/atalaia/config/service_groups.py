"""Who belongs to which service group.

Here: `members` as pairs, `servicegroup_members`, and the groups that services name themselves.
"""

from atalaia.config.expand_services import Expansion
from atalaia.config.groups import Gathering, name_space, named_groups, nest, start_gathering
from atalaia.config.inherit import Resolved
from atalaia.config.names import Matching, Picked
from atalaia.config.problems import Problems
from atalaia.config.service_lists import ServiceLists
from atalaia.core.objects import ObjectKey


def gather_service_groups(
    groups: list[Resolved],
    expansion: Expansion,
    lists: ServiceLists,
    matching: Matching,
    problems: Problems,
) -> dict[str, dict[ObjectKey, None]]:
    """Return the members of each service group in the order in which Nagios adds them."""
    gathered: dict[str, Gathering[ObjectKey]] = start_gathering(groups, "servicegroup", problems)
    for gathering in list(gathered.values())[::-1]:
        _direct_members(gathering, lists, problems)
    space = name_space("servicegroup", groups)
    remembered: dict[str, Picked] = {}
    joining = [p for p in (*expansion.services.values(), *expansion.losers) if "servicegroups" in p.resolved]
    for placed in sorted(joining, key=lambda placed: placed.rank[1:]):
        text = placed.resolved.text("servicegroups")
        if text is None:
            continue
        picked = named_groups(placed.resolved, text, "servicegroups", space, remembered, matching, problems)
        for name in picked.accepted:
            if name not in picked.rejected:
                gathered[name].join(placed.key)
    nest(gathered, "servicegroup", problems)
    return {name: gathering.members for name, gathering in gathered.items()}


def _direct_members(gathering: Gathering[ObjectKey], lists: ServiceLists, problems: Problems) -> None:
    text = gathering.resolved.text("members")
    if text is None:
        return
    place = gathering.resolved.definition.place_of("members")
    picked = lists.pick_pairs(text, place)
    if not (picked.failed or picked.accepted or picked.rejected):
        problems.error(place, f"`members {text}` names no service; leave the line out for an empty group")
    gathering.rejected.update(picked.rejected)
    for key in reversed(picked.accepted):
        gathering.join(key)
