"""The constants are what their scripts write. Argument: the project's root."""
import pathlib
import subprocess
import sys

SCRIPTS = {"src/base/log2_table.py": "src/base/log2_table.inc",
           "src/scoring/kernels/constants.py":
               "src/scoring/kernels/constants.inc"}

root = pathlib.Path(sys.argv[1])
for script, constants in SCRIPTS.items():
    written = subprocess.run([sys.executable, str(root / script)],
                             stdout=subprocess.PIPE, check=True).stdout
    if written != (root / constants).read_bytes():
        sys.exit(f"{constants} is not what {script} writes")
    print(f"{constants}: {len(written)} bytes agree")
