"""Writes the page on compatibility from what the conformance suite finds. `python compatibility.py` prints it."""

import pathlib

from binary import Emulator
from conformance import ERRORS, KINDS, ON_DEMAND, comes_on_demand, modelled, operations, outcome, wrong
from good_calls import GoodCalls

PAGE = pathlib.Path(__file__).parents[3] / "docs" / "compatibility.md"

HEAD = """# Compatibility with CodeArtifact

Written by `make compatibility` from the conformance suite (`backend/tests/clients/conformance.py`), which reads botocore's
service model: {operations} operations, {calls} calls. Every answer is checked against the model, errors too: status, type,
message and request id.

- **Good call**: one with as many of its members as can be told at once is answered.
- **Required**: each required member left out. **Bounds**: texts, numbers and lists just too short and too long, and just
  not. **Patterns**, **values**: a text that is not allowed. **Tokens**: page tokens from elsewhere. All must end in
  `ValidationException`, or must not.
- **Errors**: which of the errors that the model gives to the operation were brought about. `ValidationException` is what
  the other columns are about. `AccessDenied`, `Throttling` and `InternalServer` come when a plan of faults asks for them.
- **Not brought about**: errors of the model for which AWS documents no occasion, or whose quota is too large for a test.

| operation | good call | required | bounds | patterns | values | tokens | errors | not brought about |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


class Report:
    """Runs the whole suite against an emulator with the story `acme`."""

    def __init__(self, running):
        self.running = running
        self.strict = running.client()
        self.careless = running.client(validate=False)
        self.good = GoodCalls(running.client(), running.account, running.ready["region"])
        self.calls = 0

    def page(self):
        """The page as it should be."""
        models = operations(self.strict)
        rows = [self._row(name, model) for name, model in models.items()]
        return HEAD.format(operations=len(rows), calls=f"{self.calls:,}") + "".join(rows)

    def _row(self, name, model):
        cells = [name, self._mark(1, outcome(self.strict, name, self.good.call(name)) is None)]
        for kind in KINDS.values():
            cases = list(kind(model, self.good.call(name)))
            right = sum(wrong(self.careless, name, case) is None for case in cases)
            cells.append(self._mark(len(cases), right == len(cases)))
        codes = modelled(model, [*ERRORS, *ON_DEMAND])
        came = [code for code in codes if self._comes(name, code)]
        cells.append(", ".join(short(code) for code in came))
        cells.append(", ".join(short(code) for code in codes if code not in came))
        return f"| {' | '.join(cells)} |\n"

    def _comes(self, name, code):
        if code in ON_DEMAND:
            self.calls += 1
            return comes_on_demand(self.running, self.strict, name, self.good.call(name), code)
        parameters = ERRORS[code](self.good, name)
        if parameters is None:
            return False
        self.calls += 1
        return outcome(self.strict, name, parameters) == code

    def _mark(self, calls, right):
        self.calls += calls
        return "" if calls == 0 else f"{calls} {'✓' if right else '✗'}"


def short(code):
    """Such as `Conflict`."""
    return code.removesuffix("Exception")


if __name__ == "__main__":
    with Emulator(story="acme") as emulator:
        print(Report(emulator).page(), end="")
