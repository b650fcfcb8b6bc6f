#!/usr/bin/env python3
"""Makes the story of a difference between model and library short: operations are left out as long as they differ.

    shrink.py --replay PROGRAM --profile 2022 --seed 7 [--operations N]    as model_replay printed them
"""

import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def model(*arguments):
    return subprocess.run([sys.executable, os.path.join(HERE, "model.py"), *arguments], check=True, capture_output=True,
                          text=True).stdout


def replayed(program, text):
    return subprocess.run([program], input=text, capture_output=True, text=True, check=False)


def difference(result):
    """The operation that differed, by its name."""
    lines = result.stderr.splitlines()
    return lines[1].split()[0] if len(lines) > 1 and lines[0].startswith("DIFFERENCE") else None


def judged(program, profile, lines):
    """What the replay says of these operations; the model answers them anew."""
    with tempfile.NamedTemporaryFile("w", suffix=".operations", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        return replayed(program, model("--profile", profile, "--from", file.name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--replay", required=True)
    parser.add_argument("--profile", required=True)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--operations", default="20000")
    given = parser.parse_args()
    text = model("--profile", given.profile, "--seed", given.seed, "--operations", given.operations)
    first = replayed(given.replay, text)
    last = int(first.stderr.partition("DIFFERENCE at operation ")[2].partition(" ")[0] or 0)
    profile = text.split(maxsplit=2)[1]  # with what the world had beside
    lines = text.splitlines()[1:last + 1]
    size = len(lines)
    while size >= 1 and lines:
        start = 0
        while start < len(lines):
            fewer = lines[:start] + lines[start + size:]
            if fewer and difference(judged(given.replay, profile, fewer)) == difference(first):
                lines = fewer
            else:
                start += size
        size //= 2
    print(judged(given.replay, profile, lines).stderr if lines else "no difference")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
