"""What belongs to a meeting and is no speech: agenda, lists, what the chair says, greetings, chronicles.

Known by its title or by the name of its file. It has no speaker, unless somebody is named who says it; how it
is set ``folder.kinds`` decides.
"""

import re

MATTER = (
    ("会议议程", re.compile(r"(?:议程|日程(?:安排)?|会议程序|流程)(?:表)?$")),
    ("名单", re.compile(r"(?:名单|名录|签到表|花名册|通讯录)$")),
    ("主持词", re.compile(r"主持(?:词|辞|稿|人串词)$|串词$")),
    ("贺信", re.compile(r"(?:贺信|贺电|贺词|贺辞|慰问信|感谢信|倡议书|致.{2,20}的(?:一封)?信)$")),
    ("题词", re.compile(r"(?:题词|题字|寄语|赠言)$")),
    ("大事记", re.compile(r"(?:大事记|年表|历程|记事)$")),
)
LISTS = frozenset({"会议议程", "名单", "大事记"})  # in which names stand that do not speak
MOST = 30  # characters of such a title


def matter_of(title: str, file: str) -> str:
    """Return which kind of matter something is by its title, or else by the name of its file; "" for none."""
    names = [re.sub(r"[（(].*?[）)]$", "", name).strip() for name in (title, file)]
    for kind, pattern in MATTER:
        if any(len(name) <= MOST and pattern.search(name) for name in names):
            return kind
    return ""
