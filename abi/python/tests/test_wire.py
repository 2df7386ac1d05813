"""Our reading and writing of the messages against PyPI's protobuf."""
import importlib.util
import pathlib
import random
import subprocess
import sys

import pytest

import influence
from influence import _wire

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def pb2(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messages")
    subprocess.run(["protoc", f"-I{ROOT}/proto",
                    f"--descriptor_set_out={folder}/set", "influence.proto"],
                   check=True)
    from google.protobuf import descriptor_pb2, descriptor_pool
    from google.protobuf import message_factory
    files = descriptor_pb2.FileDescriptorSet.FromString(
        (folder / "set").read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return lambda name: message_factory.GetMessageClass(
        pool.FindMessageTypeByName(f"influence.wire.{name}"))


SPECS = {"Account": _wire.ACCOUNT, "Part": _wire.PART, "Reason": _wire.REASON,
         "Line": _wire.LINE, "Ledger": _wire.LEDGER, "Error": _wire.ERROR,
         "Result": _wire.RESULT, "Identity": _wire.IDENTITY,
         "ScoreResponse": _wire.RESPONSE, "SignalValue": _wire.COUNT,
         "Row": _wire.ROW, "Algorithm": _wire.ALGORITHM,
         "PriceLine": _wire.PRICE, "AlgorithmList": _wire.LIST,
         "AlgorithmDescription": _wire.DESCRIPTION}


@pytest.mark.parametrize("name", SPECS)
def test_every_field_is_the_protos(pb2, name):
    fields = pb2(name).DESCRIPTOR.fields
    spec = SPECS[name]
    assert {f.number: f.name for f in fields} == {
        number: (field.name if field.name not in _wire.SIGNALS
                 else f"{field.name}_micros")
        for number, field in spec.items()}
    for f in fields:
        assert spec[f.number].repeated == f.is_repeated
        if f.message_type is not None:
            assert spec[f.number].message is SPECS[f.message_type.name]


def test_enumerations(pb2):
    message = pb2("Reason").DESCRIPTOR.fields_by_name
    for words, enum in ((_wire.FACTORS, message["factor"].enum_type),
                        (_wire.REASONS, message["code"].enum_type),
                        (_wire.BANDS, pb2("Ledger").DESCRIPTOR.fields_by_name[
                            "band"].enum_type)):
        names = [v.name.split("_", 1)[1].lower().replace("_", " ")
                 for v in enum.values]
        assert list(words[1:]) == names[1:]


def test_responses_are_read_as_protobuf_reads_them(pb2):
    rng = random.Random(5)
    with influence.Engine("v1") as engine:
        for _ in range(200):
            people = [influence.Profile(
                f"p{i}é", [influence.Account(
                    rng.choice(["", "x", "ü"]),
                    **{s: rng.choice([0, 1, rng.randrange(10**11)])
                       for s in _wire.SIGNALS if rng.random() < 0.5})
                    for _ in range(rng.randrange(4))])
                for i in range(rng.randrange(4))]
            request = pb2("ScoreRequest")(algorithm="v1", rendering=1)
            for person in people:
                made = person.encode(False)
                profile = request.profiles.add()
                profile.ParseFromString(made)
                assert profile.SerializeToString() == made
            response = engine.score_bytes(request.SerializeToString())
            wanted = pb2("ScoreResponse").FromString(response)
            same(_wire.decode(_wire.RESPONSE, response), wanted)


def same(ours, theirs):
    for field in theirs.DESCRIPTOR.fields:
        name = field.name
        key = name if name in ours or not name.endswith("_micros") else (
            name.removesuffix("_micros")
            if name.removesuffix("_micros") in _wire.SIGNALS else name)
        value = getattr(theirs, name)
        if field.is_repeated:
            assert len(ours[key]) == len(value)
            for a, b in zip(ours[key], value):
                same(a, b)
        elif field.message_type is not None:
            assert (key in ours) == theirs.HasField(name)
            if key in ours:
                same(ours[key], value)
        else:
            assert ours.get(key, field.default_value) == value


def test_unknown_fields_are_skipped():
    data = (_wire.number(99, 5) + b"\xf9\x06" + bytes(8) + b"\xfd\x06" +
            bytes(4) + _wire.block(98, "x") + _wire.block(1, "v1"))
    assert _wire.decode(_wire.IDENTITY, data) == {"algorithm": "v1"}


def test_importing_needs_nothing():
    code = ("import sys, influence; "
            "sys.exit(any(m.split('.')[0] in ('google', 'pyarrow', 'numpy') "
            "for m in sys.modules))")
    assert subprocess.run([sys.executable, "-c", code],
                          check=False).returncode == 0
    assert importlib.util.find_spec("influence") is not None
