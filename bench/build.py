"""How long a build takes, in one run on this machine: the first, one after one record changed, and plain pySHACL beside it.

`python bench/build.py [PROJECT]` copies the publication to a temporary folder, so that nothing of yours is touched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyshacl
import rdflib

from kgpub import pipeline, validation
from kgpub.execute.cache import Cache
from kgpub.graph.shapes import Job, validate_job
from kgpub.project import load_project

PARTS = ("corpus", "ontology", "shapes", "queries", "kgpub.toml")
SAMPLE = 20


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(job: Job) -> None:
    """Validate one graph with pySHACL on rdflib, as its documentation has it."""
    data = rdflib.Graph().parse(data=job.own + job.around, format="nt")
    pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(data=job.shapes, format="turtle"))


def jobs(file: Path) -> list[Job]:
    """Return the validation jobs of a publication."""
    project = load_project(file)
    cache = Cache(project.outputs.cache)
    corpus = pipeline._gather(project, cache)
    conversions, _ = pipeline._convert(corpus, cache, pipeline.silent)
    tracer = pipeline._tracer(project, corpus, conversions)
    collections = {source.id: one for one, source in corpus.sources}
    judged = validation.Judged(project, conversions, corpus.ontology, collections, tracer)
    return validation._jobs(judged, cache, [one.item for one in conversions[1:]])


def main(folder: Path) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in PARTS:
            source = folder / part
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, copy / part)
        command = [sys.executable, "-m", "kgpub", "--project", str(copy / "kgpub.toml"), "build"]

        def build() -> None:
            subprocess.run(command, check=True, capture_output=True)

        first = seconds(build)
        record = next(iter(sorted((copy / "corpus").rglob("records/*.yaml"))))
        record.write_text(record.read_text(encoding="utf-8") + "# touched\n", encoding="utf-8")
        again = seconds(build)
        sample = jobs(copy / "kgpub.toml")[:SAMPLE]
        ours = seconds(lambda: [validate_job(job) for job in sample])
        theirs = seconds(lambda: [plain(job) for job in sample])
    print(f"first build                     {first:6.2f} s")
    print(f"one record changed              {again:6.2f} s   {first / again:.1f} times as fast")
    print(f"shapes on {len(sample)} items, as a build {ours:6.2f} s")
    print(f"the same with plain pySHACL     {theirs:6.2f} s   {theirs / ours:.1f} times as long")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
