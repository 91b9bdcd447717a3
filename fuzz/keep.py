#!/usr/bin/env python3
"""Adds to seeds/TARGET the inputs of corpus/TARGET that reach most code a byte and that the seeds don't reach: `just fuzz-keep TARGET`.

Takes the program of the target and the folder of the repository's seeds; the rest is said by the limits below.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

MOST_BYTES = 25_000
MOST_FILES = 40
LONGEST = 1_500


def edges(program, folders):
    """The edges of the program that each input reaches, as libFuzzer's control file of a merge lists them."""
    with tempfile.TemporaryDirectory() as place:
        control = pathlib.Path(place, "control")
        (merged := pathlib.Path(place, "merged")).mkdir()
        options = ["-set_cover_merge=1", "-use_counters=0", f"-max_len={LONGEST}", f"-merge_control_file={control}"]
        subprocess.run([program, *options, merged, *folders], check=True, stderr=subprocess.DEVNULL)
        lines = control.read_text().splitlines()
    files = lines[2 : 2 + int(lines[0])]
    reached = {}
    for line in lines[2 + len(files) :]:
        kind, number, *places = line.split()
        if kind == "COV":
            reached[files[int(number)]] = set(places)
    return reached


def main(target, program):
    fuzz = pathlib.Path(__file__).parent
    seeds, corpus = fuzz / "seeds" / target, fuzz / "corpus" / target
    reached = {pathlib.Path(file): places for file, places in edges(program, [seeds, corpus]).items()}
    known = set().union(*(places for file, places in reached.items() if file.parent == seeds))
    others = {file: (places - known, file.stat().st_size) for file, places in reached.items() if file.parent != seeds}
    others = {file: entry for file, entry in others.items() if 0 < entry[1] <= LONGEST}
    kept = written = 0
    while others and kept < MOST_FILES:
        # A file costs something, too, and small ones reach little.
        best = max(sorted(others), key=lambda file: len(others[file][0]) / (others[file][1] + 500))
        new, size = others.pop(best)
        if not new or written + size > MOST_BYTES:
            break
        shutil.copy(best, seeds / f"found-{best.name[:8]}")
        kept, written = kept + 1, written + size
        others = {file: (places - new, size) for file, (places, size) in others.items()}
    print(f"{target}: {kept} inputs of {written} bytes in all kept")


main(*sys.argv[1:])
