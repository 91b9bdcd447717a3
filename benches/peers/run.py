"""onrecord and others over the same invented news: words a second, memory, ratios. `just bench-peers`.

Installs the others (requirements.txt, from PyPI) into an environment of their own under target/peers/,
which may be deleted at any time. All run in this one run, one after the other, on one thread.
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "target" / "peers"

# Slow a current numpy down where they are set.
UNWANTED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def main():
    arguments = parse()
    FOLDER.mkdir(parents=True, exist_ok=True)
    news = arguments.news or generated(arguments.articles, arguments.seed)
    words, articles = size(news)
    rows = [
        ours("onrecord extract", "quotes", [arguments.onrecord, "extract", "--jobs", "1", "--format", "jsonl", news]),
        theirs("textacy + spaCy sm, per paragraph", "quotes", "textacy-paragraphs", news),
        theirs("textacy + spaCy sm, per article", "quotes", "textacy", news),
        segmentation(news, arguments.segmenter),
        theirs("pySBD", "sentences", "pysbd", news),
    ]
    report = {
        "date": datetime.date.today().isoformat(),
        "machine": {"processor": processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "articles": articles,
        "words": words,
        "peers": [with_ratio(row, rows, words) for row in rows],
    }
    print(json.dumps(report, indent=2) if arguments.json else table(report))


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300, help="invented articles to run over")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--news", type=Path, help="a file of JSON Lines with a text each, in their place")
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")
    parser.add_argument("--onrecord", type=Path, default=ROOT / "target" / "release" / "onrecord")
    parser.add_argument("--segmenter", type=Path, help="the built bench `sentences`; built unless given")
    return parser.parse_args()


def generated(articles, seed):
    """The news, written by the same generator as everywhere; builds the program, too."""
    build = ["cargo", "build", "--release", "--bin", "onrecord"]
    subprocess.run(build, cwd=ROOT, check=True)
    command = ["cargo", "bench", "--bench", "generate", "--", "--articles", str(articles), "--seed", str(seed)]
    path = FOLDER / "news.jsonl"
    with open(path, "wb") as out:
        subprocess.run(command, cwd=ROOT, check=True, stdout=out)
    return path


def size(news):
    with open(news, encoding="utf-8") as lines:
        words = [len(json.loads(line)["text"].split()) for line in lines]
    return sum(words), len(words)


def ours(name, task, command):
    """A run of the program from start to end: loading, reading and writing JSON count, too."""
    best = None
    for _ in range(3):
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        found = sum(count_quotes(line) for line in child.stdout)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"bench-peers: this failed: {' '.join(map(str, command))}")
        seconds = usage.ru_utime + usage.ru_stime
        if best is None or seconds < best["cpu_seconds"]:
            best = {"cpu_seconds": seconds, "peak_mib": usage.ru_maxrss / 1024, "found": found}
    return {"name": name, "task": task, "loading_seconds": None, "failed": 0, **best}


def count_quotes(line):
    kinds = ("direct", "mixed")
    return sum(quote["type"] in kinds for quote in json.loads(line)["quotes"])


def segmentation(news, segmenter):
    """The program's own sentences, without what comes after them."""
    command = [segmenter] if segmenter else ["cargo", "bench", "--quiet", "--bench", "sentences", "--"]
    output = subprocess.run([*command, news], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {"name": "onrecord, sentences only", "task": "sentences", "failed": 0, **json.loads(output)}


def theirs(name, task, peer, news):
    """A peer in a process of its own; a reason in place of figures when it can't be installed."""
    row = {"name": name, "task": task}
    try:
        python = environment()
    except subprocess.CalledProcessError:
        return {**row, "not_measured": "could not be installed from PyPI"}
    variables = {key: value for key, value in os.environ.items() if key not in UNWANTED}
    command = [python, HERE / "measure.py", peer, news]
    run = subprocess.run(command, capture_output=True, text=True, env=variables)
    if run.returncode != 0:
        last = run.stderr.strip().splitlines()[-1:]
        return {**row, "not_measured": "".join(last) or "it stopped without a word"}
    return {**row, **json.loads(run.stdout)}


def environment():
    """The Python of the environment with the peers in it, made when it isn't there or out of date."""
    folder, wanted = FOLDER / "venv", (HERE / "requirements.txt").read_text()
    python, installed = folder / "bin" / "python", FOLDER / "installed.txt"
    if not (python.exists() and installed.exists() and installed.read_text() == wanted):
        print("installing the peers from PyPI …", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"]
        subprocess.run(install, check=True)
        installed.write_text(wanted)
    return python


def with_ratio(row, rows, words):
    if "not_measured" in row:
        return row
    own = next(other for other in rows if other["task"] == row["task"])
    pace = words / row["cpu_seconds"]
    return {**row, "words_a_cpu_second": round(pace), "onrecord_is_faster": row["cpu_seconds"] / own["cpu_seconds"]}


def table(report):
    machine = report["machine"]
    lines = [
        f"{report['articles']} invented articles, {report['words']:,} words; {report['date']}, "
        f"{machine['cores']} cores of {machine['processor']}, Python {machine['python']}",
        "",
        "| | words a CPU second | onrecord is | peak MiB | loads in s | found | failed |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for task in ("quotes", "sentences"):
        lines.append(f"| **{task}** | | | | | | |")
        lines.extend(table_row(row) for row in report["peers"] if row["task"] == task)
    return "\n".join(lines)


def table_row(row):
    if "not_measured" in row:
        return f"| {row['name']} | not measured: {row['not_measured']} | | | | | |"
    faster = row["onrecord_is_faster"]
    loading = row["loading_seconds"]
    cells = [
        row["name"],
        f"{row['words_a_cpu_second']:,}",
        "1" if faster == 1 else f"{faster:,.3g} × as fast",
        f"{row['peak_mib']:.0f}",
        "counted" if loading is None else f"{loading:.2f}",
        f"{row['found']:,}",
        f"{row['failed']:,}",
    ]
    return f"| {' | '.join(cells)} |"


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or "an unknown processor"


if __name__ == "__main__":
    main()
