#!/usr/bin/env python3
"""Reads the output of a test runner and prints how many tests passed and failed in it.

Knows the closing lines of cargo test, pytest and node's test runner.
"""

import re
import sys

ANSI = re.compile(r"\x1b\[[0-9;]*m")
CARGO = re.compile(r"^test result: \w+\. (\d+) passed; (\d+) failed;")
# With or without the frame of "=" around it: pytest -q leaves it out.
PYTEST = re.compile(r"^(?:=+ )?(?:\d+ \w+, )*\d+ (?:passed|failed|errors?|skipped|warnings?) in [\d.]+s")
PYTEST_PART = re.compile(r"(\d+) (passed|failed|error)")
NODE = re.compile(r"^(?:#|ℹ) (pass|fail|cancelled) (\d+)$")


def count(lines):
    """Returns (passed, failed) summed over every closing line."""
    passed = failed = 0
    for line in lines:
        line = ANSI.sub("", line.rstrip())
        if found := CARGO.match(line):
            passed += int(found[1])
            failed += int(found[2])
        elif PYTEST.match(line):
            for number, word in PYTEST_PART.findall(line):
                if word == "passed":
                    passed += int(number)
                else:
                    failed += int(number)
        elif found := NODE.match(line):
            if found[1] == "pass":
                passed += int(found[2])
            else:
                failed += int(found[2])
    return passed, failed


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        print(*count(log))
