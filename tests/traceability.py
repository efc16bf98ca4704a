"""From the quality manual to the tests: which test runs a row of it, and which a capability.

A test says it with a mark: `@pytest.mark.shows("Q-531a", 28)` names a row by its id and a
capability by its number. The tables in `models/records/README.md` are made from these marks;
`tests/test_traceability.py` looks that none is without a test, but for those listed as open.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent

ROWS = {
    "Q-411": ("4.1.1", "service plan proposal, reviewed and approved by the customer"),
    "Q-412": ("4.1.2", "competence of people, and the study before service"),
    "Q-413": ("4.1.3", "methods and procedures, confirmed again when something changes"),
    "Q-414": ("4.1.4", "register of the confirmations"),
    "Q-421": ("4.2.1", "milestone plan and detailed plan"),
    "Q-422": ("4.2.2", "approval of plans, sent to the customer"),
    "Q-423": ("4.2.3", "changes of plans"),
    "Q-511": ("5.1.1", "daily checklists and the routine check"),
    "Q-512": ("5.1.2", "quarterly check and the O&M service report"),
    "Q-513": ("5.1.3", "random check on site"),
    "Q-52a": ("5.2", "satisfaction follow-up"),
    "Q-52b": ("5.2(2)", "review and filing of the results"),
    "Q-52c": ("5.2(3)", "suggestions become measures"),
    "Q-531a": ("5.3.1(1)", "fix on site, and its verification"),
    "Q-531b": ("5.3.1(1)", "escalation to the department manager"),
    "Q-531c": ("5.3.1(2)", "weekly status and the project's weekly report"),
    "Q-531d": ("5.3.1(2)", "problem report, and experience"),
    "Q-531e": ("5.3.1(3)", "concession, and what it holds"),
    "Q-532a": ("5.3.2(1)", "irregular service"),
    "Q-532b": ("5.3.2(2)", "training after irregular service"),
    "Q-532c": ("5.3.2(3)", "statistics and measures"),
    "Q-532d": ("5.3.2(4)", "complaints"),
    "Q-54": ("5.4", "quality incidents"),
    "Q-55": ("5.5", "customer communication"),
    "Q-CA": ("5.2, 5.3.2, 5.4", "corrective and preventive actions"),
    "Q-61a": ("6.1", "archive"),
    "Q-61b": ("6.1", "project summary"),
    "Q-62a": ("6.2", "acceptance"),
    "Q-62b": ("6.2", "quality targets"),
}
"""Row id -> its clause in the manual, and what it asks for."""

CAPABILITIES = {
    1: "service plan proposal with numbered revisions",
    2: "points of the discussion, each closed before the review",
    3: "competence records with certificates that expire",
    4: "study before service, and the start that waits for it",
    5: "library of methods, pinned by version",
    6: "confirmation again, opened by its triggers",
    7: "register of confirmations with an evidence pack",
    8: "milestone plan from contract and payments",
    9: "detailed plan generated from the service terms",
    10: "approval of a plan, bound to its content",
    11: "proof that the plan was sent to the customer",
    12: "change of a plan, the old one in force until approved",
    13: "plan completion, calculated once",
    14: "routine check with the facts filled in",
    15: "quarterly check of all projects, six questions",
    16: "quarterly O&M service report from the records",
    17: "evaluation of spare parts",
    18: "checks of accounts and communication security",
    19: "results acknowledged by manager and quality",
    20: "random check drawn from a stored seed",
    21: "conduct against service norms",
    22: "sample at the end of a contract's period",
    23: "five levels, for each question and overall",
    24: "log of calls, questionnaires on paper",
    25: "statistics and analysis report",
    26: "review and filing by quality, never by the caller",
    27: "a measure for each suggestion",
    28: "fix on site",
    29: "verification as a step of its own",
    30: "escalation to the department manager",
    31: "plan of the solution",
    32: "causes and measures flow into the week's report",
    33: "problem report in two editions",
    34: "concession application",
    35: "nothing goes on without the approval",
    36: "concessions that expire, followed through",
    37: "similar and repeated problems found while typing",
    38: "irregular service, corrected at once",
    39: "referred upward or to another department",
    40: "training ordered, held, its effect checked",
    41: "statistics by number, category and content",
    42: "correction, corrective and preventive kept apart",
    43: "supervision by the general manager's office",
    44: "complaints from receipt to closure",
    45: "quality incidents in three levels",
    46: "responsibility and penalty in a restricted file",
    47: "timeline, loss, review and actions of an incident",
    48: "plan and log of customer communication",
    49: "documents collected and classified",
    50: "summary drafted from the records",
    51: "summary meeting",
    52: "self-assessment by the same criteria each time",
    53: "lessons into the experience library",
    54: "acceptance item by item",
    55: "quality targets",
    56: "improvement from the acceptance",
    57: "Today",
    58: "readings with limits, unit and last values",
    59: "a section repeated for each device",
    60: "not applicable, and skipped with a reason",
    61: "not ok to fix, escalation or concession by one key",
    62: "weekly status, pre-filled",
    63: "hand-over to another person",
    64: "every keystroke survives a kill",
    65: "undo and restore",
    66: "files in a terminal",
    67: "keyboard only, palette, help on each page",
    68: "weeks without network, approvals included",
    69: "merge by field; conflicts decided by people",
    70: "states that met: conflict, held or quarantined",
    71: "conflict page with base, mine and theirs",
    72: "bundles out of order, twice or in part",
    73: "shared folder and bundle files",
    74: "files by their hash, resumed",
    75: "occurred, recorded and synced",
    76: "where each record is known to be",
    77: "lost or shared devices",
    78: "duplicate rounds",
    79: "Word documents from the company's own template",
    80: "spreadsheets of every type",
    81: "PDF or print",
    82: "numbers, versions and signatures of documents",
    83: "issued documents frozen with their data",
    84: "nobody approves their own work; delegation",
    85: "approval bound to the exact content",
    86: "returned and submitted again, rounds kept",
    87: "time in each state",
    88: "trail that shows tampering",
    89: "several approved at once after a look at each",
    90: "Chinese search by one and two characters",
    91: "experience library offered while typing",
    92: "saved filters, one search over all types",
    93: "who has not reported, and whose data is old",
    94: "due days on the Chinese working calendar",
    95: "versions of templates",
    96: "roles by project, declared once",
    97: "backup, restore and check",
    98: "Chinese and English, switched while running",
    99: "widths of Chinese in 80 columns",
}
"""What a tool of this kind should be able to do, by number."""

Named = str | int
Shown = dict[Named, list[str]]
"""Row or capability -> the tests that show it, as `path::name`."""


def shown(folder: Path = ROOT / "tests") -> Shown:
    """The marks of all tests, read from their files."""
    found: Shown = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(folder.parent).as_posix()}::{node.name}"
                for named in _marks(node):
                    found[named].append(name)
    return found


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Named]:
    """What the marks `shows` of one test name."""
    return [
        ast.literal_eval(argument)
        for mark in node.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.shows"
        for argument in mark.args
    ]
