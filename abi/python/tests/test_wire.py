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


def test_the_messages_are_the_protos():
    subprocess.run([sys.executable, ROOT / "abi/python/generate.py",
                    "--check"], check=True)


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
        value = getattr(theirs, field.name)
        if field.is_repeated:
            assert len(ours[field.name]) == len(value)
            for a, b in zip(ours[field.name], value):
                if field.message_type is not None:
                    same(a, b)
                else:
                    assert a == b
        elif field.message_type is not None:
            assert (field.name in ours) == theirs.HasField(field.name)
            if field.name in ours:
                same(ours[field.name], value)
        else:
            assert ours.get(field.name, field.default_value) == value
            assert type(ours.get(field.name, value)) is type(value)


def filled(message, rng, depth=0):
    """Any values in any fields."""
    for field in message.DESCRIPTOR.fields:
        if rng.random() < 0.4:
            continue
        for _ in range(rng.randrange(3) if field.is_repeated else 1):
            if field.message_type is not None:
                inner = (getattr(message, field.name).add()
                         if field.is_repeated
                         else getattr(message, field.name))
                inner.SetInParent()
                if depth < 3:
                    filled(inner, rng, depth + 1)
                continue
            bits = 31 if field.enum_type or "32" in str(
                field.type) or field.type in (5, 13) else 62
            value = {9: "ü", 12: b"\xff\x00", 8: True}.get(
                field.type, rng.choice([0, 1, rng.randrange(1 << bits)]))
            if field.type == 3 and rng.random() < 0.3:
                value = -value
            if field.is_repeated:
                getattr(message, field.name).append(value)
            else:
                setattr(message, field.name, value)
    return message


def test_every_message_is_read_and_written_as_protobuf_does(pb2):
    rng = random.Random(7)
    for name, spec in _wire.SPECS.items():
        for _ in range(30):
            wanted = filled(pb2(name)(), rng)
            data = wanted.SerializeToString()
            raw = _wire.decode(spec, data)
            same(raw, wanted)
            assert _wire.encode(name, raw) == data
    assert _wire.encode("Event", {"kind": "SIGNAL_LIKES", "actor": "ü",
                                  "topic": None}) == (
        b"\x0a\x02\xc3\xbc\x18\x04")
    for bad in ({"kind": "SIGNAL_KARMA"}, {"karma": 1}, {"actor": 1},
                {"time_seconds": "1"}, {"time_seconds": 1 << 63}, 7,
                {"quality_micros": 0.5}):
        with pytest.raises(TypeError):
            _wire.encode("Event", bad)


def test_unknown_fields_are_skipped():
    data = (_wire.number(99, 5) + b"\xf9\x06" + bytes(8) + b"\xfd\x06" +
            bytes(4) + _wire.block(98, "x") + _wire.block(1, "v1"))
    assert _wire.decode(_wire.SPECS["Identity"], data) == {"algorithm": "v1"}


def test_importing_needs_nothing():
    code = ("import sys, influence; "
            "sys.exit(any(m.split('.')[0] in ('google', 'pyarrow', 'numpy') "
            "for m in sys.modules))")
    assert subprocess.run([sys.executable, "-c", code],
                          check=False).returncode == 0
    assert importlib.util.find_spec("influence") is not None
