"""Makes src/influence/_messages.py of proto/influence.proto.

    python abi/python/generate.py [--check]

With --check it compares instead. Needs protoc and PyPI's protobuf, which the
environment that test.sh makes has: build/venv/python/bin/python.
"""
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2

HERE = pathlib.Path(__file__).resolve().parent
MADE = HERE / "src" / "influence" / "_messages.py"

HEAD = '''"""The messages and enumerations of proto/influence.proto, which says what
they mean. Made by generate.py."""
from __future__ import annotations

# Each field: its number, name, type, and whether it is optional or repeated.
'''


def parsed():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "set"
        subprocess.run(["protoc", f"-I{HERE.parent.parent}/proto",
                        f"--descriptor_set_out={path}", "influence.proto"],
                       check=True)
        return descriptor_pb2.FileDescriptorSet.FromString(
            path.read_bytes()).file[0]


def label(field):
    if field.label == field.LABEL_REPEATED:
        return "repeated"
    return "optional" if field.proto3_optional else ""


def kind(field):
    """A scalar's type; "enum Name"; the name of a message."""
    name = field.type_name.rpartition(".")[2]
    if field.type == field.TYPE_MESSAGE:
        return name
    if field.type == field.TYPE_ENUM:
        return f"enum {name}"
    return descriptor_pb2.FieldDescriptorProto.Type.Name(
        field.type).removeprefix("TYPE_").lower()


def text(file):
    lines = ["MESSAGES: dict[str, tuple[tuple[int, str, str, str], ...]] = {"]
    for message in file.message_type:
        lines.append(f'    "{message.name}": (')
        for f in sorted(message.field, key=lambda f: f.number):
            words = ", ".join(f'"{w}"' for w in (f.name, kind(f), label(f)))
            lines.append(f"        ({f.number}, {words}),")
        lines.append("    ),")
    lines += ["}", "", "ENUMS: dict[str, dict[str, int]] = {"]
    for enum in file.enum_type:
        lines.append(f'    "{enum.name}": {{')
        lines += [f'        "{v.name}": {v.number},' for v in enum.value]
        lines.append("    },")
    return HEAD + "\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    made = text(parsed())
    if sys.argv[1:] == ["--check"]:
        if MADE.read_text() != made:
            sys.exit(f"{MADE.name} is not what would be made today")
    else:
        MADE.write_text(made)
