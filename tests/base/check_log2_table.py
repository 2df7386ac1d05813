"""log2_table.inc is what log2_table.py writes. Argument: the project's root."""
import pathlib
import subprocess
import sys

base = pathlib.Path(sys.argv[1], "src", "base")
written = subprocess.run([sys.executable, str(base / "log2_table.py")],
                         stdout=subprocess.PIPE, check=True).stdout
if written != (base / "log2_table.inc").read_bytes():
    sys.exit("src/base/log2_table.inc is not what log2_table.py writes")
print(f"{len(written)} bytes agree")
