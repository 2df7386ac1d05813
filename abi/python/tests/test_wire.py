"""Our reading and writing of the messages against PyPI's protobuf."""
import importlib.util
import pathlib
import random
import subprocess
import sys

import numpy as np
import pytest

import influence
from influence import _messages, _wire

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def pb2(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messages")
    subprocess.run(["protoc", f"-I{ROOT}/proto",
                    f"--descriptor_set_out={folder}/set",
                    "influence/abi1/influence.proto"], check=True)
    from google.protobuf import descriptor_pb2, descriptor_pool
    from google.protobuf import message_factory
    files = descriptor_pb2.FileDescriptorSet.FromString(
        (folder / "set").read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return lambda name: message_factory.GetMessageClass(
        pool.FindMessageTypeByName(f"influence.abi1.{name}"))


def test_the_tables_are_the_protos(pb2):
    for name, spec in _wire.SPECS.items():
        fields = pb2(name).DESCRIPTOR.fields
        assert sorted(spec) == sorted(f.number for f in fields)
        for theirs in fields:
            ours = spec[theirs.number]
            oneof = theirs.containing_oneof
            is_real = oneof is not None and len(oneof.fields) > 1
            assert ours.name == theirs.name
            assert ours.repeated == theirs.is_repeated
            assert ours.oneof == (oneof.name if is_real else "")
            assert (ours.message is None) == (theirs.message_type is None)
            if theirs.message_type is None:
                assert ours.optional == theirs.has_presence
            else:
                assert ours.kind == theirs.message_type.name
            if theirs.enum_type is not None:
                values = _messages.ENUMS[theirs.enum_type.name]
                assert ours.kind == f"enum {theirs.enum_type.name}"
                assert values == {v.name: v.number
                                  for v in theirs.enum_type.values}


def test_words():
    assert _wire.SIGNALS[0] == "mentions" and len(_wire.SIGNALS) == 10
    assert _wire.FACTORS[:2] == ("", "attention")
    assert _wire.BANDS[-1] == "very high"
    assert _wire.REASONS[1:3] == ("earned", "full marks")


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
            # enum, int32, uint32, sint32
            bits = 31 if field.type in (14, 5, 13, 17) else 63
            value = {9: "ü", 8: True}.get(
                field.type, rng.choice([0, 1, rng.randrange(1 << bits),
                                        (1 << bits) - 1]))
            if field.type in (3, 5, 17, 18) and rng.random() < 0.3:
                value = -value - 1
            if field.type in (4, 13) and rng.random() < 0.3:
                value += 1 << bits
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
            # Messages merge, and the last of a oneof wins.
            data += filled(pb2(name)(), rng).SerializeToString()
            merged = pb2(name).FromString(data)
            raw = _wire.decode(spec, data)
            same(raw, merged)
            assert _wire.encode(name, raw) == merged.SerializeToString()


def test_values_of_fields():
    wanted = b"\x0a\x02\xc3\xbc\x18\x04"
    for kind in ("SIGNAL_LIKES", "likes", 4, np.int8(4)):
        for actor in ("ü", "ü".encode(), np.str_("ü"), np.bytes_("ü".encode()),
                      bytearray("ü".encode())):
            assert influence.encode("Event", {
                "kind": kind, "actor": actor, "topic": None}) == wanted
    for number in (7, np.int64(7), np.uint8(7)):
        assert influence.encode("Event", {"actor": number}) == b"\x0a\x017"
        assert influence.encode("StreamOptions", {
            "batch_rows": number}) == b"\x08\x07"
    for flag in (True, 1, np.bool_(True)):
        assert influence.encode("AlgorithmDescription", {
            "released": flag}) == b"\x18\x01"
    assert influence.encode("DriftChange", {"hundredths": -3}) == b"\x08\x05"
    assert influence.decode("DriftChange", b"\x08\x05") == {"hundredths": -3}
    bands = [{"before": "minimal", "after": "BAND_HIGH", "people": 2}]
    made = influence.encode("DriftSummary", {"bands": bands})
    assert influence.decode("DriftSummary", made)["bands"] == [
        {"before": 1, "after": 4, "people": 2}]
    for bad in ({"kind": "SIGNAL_KARMA"}, {"karma": 1}, {"actor": 1.0},
                {"actor": True}, {"actor": float("nan")},
                {"time_seconds": "1"}, {"time_seconds": 1.0}, 7,
                {"quality_micros": 0.5}, {"kind": True}):
        with pytest.raises(TypeError):
            influence.encode("Event", bad)
    for name, bad in (("Event", {"time_seconds": 1 << 63}),
                      ("Event", {"kind": 1 << 31}),
                      ("StreamOptions", {"batch_rows": -1})):
        with pytest.raises(influence.OutOfRange, match="is not between"):
            influence.encode(name, bad)
    for bad in (b"\xff", "\ud800", np.bytes_(b"\xff")):
        with pytest.raises(influence.InvalidUtf8) as caught:
            influence.encode("Event", {"actor": bad})
        assert caught.value.field == "Event.actor"
    with pytest.raises(TypeError, match="has to be a list"):
        influence.encode("DriftOptions", {"slices": "country"})
    with pytest.raises(TypeError, match="either result or card"):
        influence.encode("RenderRequest", {"result": {}, "card": "v1"})
    with pytest.raises(TypeError, match="has to be text$"):
        influence.encode("RenderRequest", {"language": 7})


def test_damaged_messages_are_malformed(pb2):
    rng = random.Random(9)
    for _ in range(3000):
        name = rng.choice(list(_wire.SPECS))
        data = bytearray(filled(pb2(name)(), rng).SerializeToString())
        for _ in range(rng.randrange(1, 4)):
            if data and rng.random() < 0.5:
                data[rng.randrange(len(data))] = rng.randrange(256)
            else:
                del data[rng.randrange(len(data) + 1):]
        try:
            influence.decode(name, bytes(data))
        except influence.Malformed:
            pass
    for bad in (b"\x0a\x05v1", b"\x0a", b"\xff" * 11, b"\x0b", b"\x08\x01",
                b"\x0a\x01\xff"):
        with pytest.raises(influence.Malformed):
            influence.decode("Identity", bad)


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
