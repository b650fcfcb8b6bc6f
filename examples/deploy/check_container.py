#!/usr/bin/env python3
"""Reads a container recipe and says what is wrong with it: check_container.py CONTAINERFILE TOP

Every instruction is known and well formed, lists in JSON can be read, what is copied is there, images have a tag, what is
installed is in scripts/deps or a library it leads to, and the last stage does not run as root.
"""
import glob
import json
import os
import re
import subprocess
import sys

KNOWN = {"FROM", "RUN", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


def instructions(text):
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").split("\n"):
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word, rest.strip()


def packages(command):
    for part in re.split(r"&&|;", command):
        words = part.split()
        if words[:2] == ["apt-get", "install"]:
            yield from (word for word in words[2:] if not word.startswith("-"))


def missing_packages(names, images):
    """Those that this machine's package lists do not know; nothing where it has none, or is another release."""
    with open("/etc/os-release", encoding="utf-8") as file:
        release = re.search(r"^VERSION_CODENAME=(\S+)$", file.read(), re.M)
    lists = glob.glob("/var/lib/apt/lists/*Packages*")
    if not names or not lists or not release or not all(release.group(1) in image for image in images):
        return []
    done = subprocess.run(["apt-cache", "policy", *names], capture_output=True, text=True, check=False)
    known = set(re.findall(r"^(\S+):$", done.stdout, re.M))
    return [name for name in names if name not in known]


def shell_objection(command):
    done = subprocess.run(["bash", "-n", "-c", command], capture_output=True, text=True, check=False)
    return done.stderr.strip()


def objections(text, top):
    stages, images, installed, user = [], [], [], "root"
    for word, rest in instructions(text):
        if word not in KNOWN:
            yield f"no instruction: {word}"
        if word == "FROM":
            image, *name = rest.split()
            user = "root"
            images.append(image)
            if ":" not in image.rsplit("/", 1)[-1] or image.endswith(":latest"):
                yield f"an image without a version: {image}"
            stages += name[1:]
        if word == "USER":
            user = rest
        if word == "RUN" and shell_objection(rest):
            yield f"RUN: {shell_objection(rest)}"
        if word == "RUN":
            installed += packages(rest)
        if word == "COPY":
            sources = rest.split()[:-1]
            stage = next((s[7:] for s in sources if s.startswith("--from=")), None)
            if stage is not None and stage not in stages:
                yield f"no stage {stage}"
            yield from (f"not there: {s}" for s in sources
                        if stage is None and not os.path.exists(os.path.join(top, s)))
        if word in ("ENTRYPOINT", "CMD", "HEALTHCHECK"):
            try:
                json.loads(rest[rest.index("["):])
            except ValueError:
                yield f"{word}: not a list in JSON"
    yield from (f"no such package: {name}" for name in missing_packages(installed, images))
    if user in ("root", "0"):
        yield "the last stage runs as root"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(objections(file.read(), sys.argv[2]))
    print("\n".join(found) if found else "nothing to object to")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
