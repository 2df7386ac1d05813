"""One Python process with the self-contained library, PyPI's protobuf and
pyarrow, whichever is loaded first, scores as it should.

    coexist_test.py ROOT LIBRARY
"""
import pathlib
import subprocess
import sys
import unittest

ROOT, LIBRARY = sys.argv[1:]
HERE = pathlib.Path(__file__).parent
PROGRAM = r"""
import ctypes, sys

def ours():
    library = ctypes.CDLL(sys.argv[1])
    class Bytes(ctypes.Structure):
        _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_size_t)]
    engine, response = ctypes.c_void_p(), Bytes()
    assert library.influence_engine_open(b"v1", ctypes.byref(engine),
                                         None) == 0
    request = bytes([10, 2, 118, 49, 26, 6, 18, 4, 72, 0xc0, 0x84, 61, 32, 1])
    assert library.influence_score(engine, request, ctypes.c_size_t(14),
                                   ctypes.byref(response), None) == 0
    made = ctypes.string_at(response.data, response.size)
    assert b"\x08\xbd\x9f\x2f" in made  # a score of 774077 micropoints
    library.influence_bytes_free(ctypes.byref(response))
    library.influence_engine_free(engine)

def protobuf():
    from google.protobuf import descriptor_pb2, descriptor_pool
    from google.protobuf.internal import api_implementation
    assert api_implementation.Type() == "upb"
    file = descriptor_pb2.FileDescriptorProto(
        name="influence/abi1/influence.proto", package="influence.abi1")
    descriptor_pool.Default().Add(file)
    assert file.SerializeToString()

def pyarrow():
    import pyarrow, pyarrow.compute
    assert pyarrow.compute.sum(pyarrow.array([1, 2])).as_py() == 3

for name in sys.argv[2:]:
    globals()[name]()
    if "ours" in sys.argv[2:sys.argv.index(name) + 1]:
        ours()
"""


class Coexist(unittest.TestCase):
    def test_every_order(self):
        python = subprocess.run(
            [f"{ROOT}/cmake/venv.sh", pathlib.Path("coexist_venv").absolute(),
             HERE / "requirements.txt"], stdout=subprocess.PIPE, text=True,
            check=True).stdout.strip()
        for order in (("ours", "protobuf", "pyarrow"),
                      ("protobuf", "pyarrow", "ours"),
                      ("pyarrow", "ours", "protobuf"),
                      ("protobuf", "ours", "pyarrow")):
            with self.subTest(order):
                subprocess.run([python, "-c", PROGRAM, LIBRARY, *order],
                               check=True)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
