// Any text as CSV: what rows.h says.
#include "rows.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CheckRows(influence::cli::InputFormat::kCsv, data, size);
  return 0;
}
