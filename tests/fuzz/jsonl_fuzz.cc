// Any text as JSONL: what rows.h says.
#include "rows.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CheckRows(influence::cli::InputFormat::kJsonl, data, size);
  return 0;
}
