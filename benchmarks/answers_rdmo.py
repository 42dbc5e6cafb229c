"""The same answers here and in RDMO 2.5, on the same machine, by turns.

    python benchmarks/answers_rdmo.py OTHER_ENVIRONMENT/bin/python [--provisions 400] [--answers 2800] [--turns 15]

The other environment has RDMO (``pip install "rdmo==2.5.*"``) and, for its .docx, pandoc. Each side fills a folder of
its own with a questionnaire of 400 sections with seven questions each and answers of 300 words; then both do the same
by turns, a process each, so that whatever else the machine does falls on both. Printed: the median of wall and
processor time in ms (the processor time of programs that a side starts is counted with it) and how many times as
long RDMO takes. What a browser then does to RDMO's JSON is not counted.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).resolve().parent
TURNS: dict[str, tuple[str, str, int]] = {  # what: name here, name there, at most so many turns
    "the page of a response / project": ("desk", "project", 99),
    "all sections with their progress": ("desk", "navigation", 99),
    "a question / a page of seven": ("question", "question", 99),
    "an answer saved, with progress": ("save", "save", 99),
    "all answers as .docx": ("docx", "docx", 3),
    "quickest export: .docx / XML": ("docx", "xml", 5),
    "all answers: .docx / one page": ("docx", "answers", 5),
}


class Side:
    """One of both: a process that does what it is told and says how long that took."""

    def __init__(self, command: list[str], **environment: str) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
        )

    def wait(self) -> None:
        """Wait until it is filled."""
        while not self._line().startswith('{"ready"'):
            pass

    def do(self, name: str, number: int) -> dict[str, Any]:
        """Have it do one thing."""
        _pipe(self.process.stdin).write(f"{name} {number}\n")
        _pipe(self.process.stdin).flush()
        said: dict[str, Any] = json.loads(self._line())
        return said

    def _line(self) -> str:
        line: str = _pipe(self.process.stdout).readline()
        if not line:
            raise SystemExit(f"{self.process.args} ended")
        return line


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise SystemExit("no pipe")
    return pipe


def ours(folder: str, provisions: int, answers: int) -> int:
    """Be this side."""
    os.environ["MERIDA_DATA"] = folder
    sys.path.insert(0, str(HERE.parent))
    from benchmarks.answers import WORDS, prepare

    desk, client, questions = prepare(provisions, answers, to_a_section=1)
    texts = [each for each in questions if each.endswith("practice")]
    seen = dict.fromkeys(texts, 1)

    def get(address: str) -> int:
        said = client.get(address)
        if said.status_code != 200:
            raise SystemExit(f"{address}: {said.status_code}")
        return len(said.content)

    def save(number: int) -> int:
        question = texts[number % len(texts)]
        sent = {"seen": seen[question], "language": "en", "text": f"{WORDS} {number} {seen[question]}"}
        said = client.post(f"{desk}{question}/", sent, headers={"X-Autosave": "1"})
        if said.json()["aside"]:
            raise SystemExit(said.text)
        seen[question] += 1
        return len(said.content)

    deeds = {
        "desk": lambda _: get(desk),
        "question": lambda number: get(f"{desk}{questions[number * 37 % len(questions)]}/"),
        "save": save,
        "docx": lambda _: get(f"{desk}paper/docx/"),
    }
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name, number = line.split()
        begun, idle = time.perf_counter(), time.process_time()
        length = deeds[name](int(number))
        took = (time.perf_counter() - begun) * 1000, (time.process_time() - idle) * 1000
        print(json.dumps({"wall": took[0], "processor": took[1], "length": length}), flush=True)
    return 0


def main() -> int:
    """Measure both by turns."""
    if sys.argv[1:2] == ["--ours"]:
        return ours(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", help="the Python of the environment that has RDMO")
    parser.add_argument("--provisions", type=int, default=400)
    parser.add_argument("--answers", type=int, default=2800)
    parser.add_argument("--turns", type=int, default=15)
    asked = parser.parse_args()
    shape = [str(asked.provisions), str(asked.answers)]
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        other = Side([asked.python, str(HERE / "rdmo_side.py"), there, *shape], PYTHONPATH="")
        own = Side([sys.executable, __file__, "--ours", here, *shape])
        for side in (own, other):
            side.wait()
        print(f"{asked.provisions} sections of seven questions, {asked.answers} answers of 300 words; median in ms")
        print(f"{'':36}{'merida':>18}{'RDMO':>20}{'times':>8}{'load':>7}")
        print(f"{'':36}{'wall':>9}{'proc.':>9}{'wall':>10}{'proc.':>10}{'wall':>8}", flush=True)
        for what, (mine, its, most) in TURNS.items():
            print(line(what, own, other, (mine, its), min(asked.turns, most)), flush=True)
        for side in (own, other):
            _pipe(side.process.stdin).close()
            side.process.wait()
    return 0


def line(what: str, own: Side, other: Side, names: tuple[str, str], turns: int) -> str:
    """Measure one thing on both sides by turns; return its line of the table."""
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for number in range(-1, turns):  # the first one of each warms up
        for place, (side, name) in enumerate(((own, names[0]), (other, names[1]))):
            said = side.do(name, max(number, 0))
            if "error" in said:
                return f"{what:36}{said['error']}"
            if number >= 0:
                found[place].append(said)
    walls = [statistics.median(one["wall"] for one in each) for each in found]
    works = [statistics.median(one["processor"] for one in each) for each in found]
    load = os.getloadavg()[0]
    told = f"{walls[0]:9.1f}{works[0]:9.1f}{walls[1]:10.1f}{works[1]:10.1f}{walls[1] / walls[0]:8.1f}{load:7.1f}"
    return f"{what:36}{told}"


if __name__ == "__main__":
    sys.exit(main())
