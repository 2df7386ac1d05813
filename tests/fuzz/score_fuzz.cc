// Any bytes at all as a request: no crash, no leak, and every law of laws.h.
// The first byte chooses the engine: even, v1; odd, a custom table of one row.
#include <cstddef>
#include <cstdint>

#include "influence/influence.h"
#include "laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const influence_engine* const engines[] = {V1(), NewOneRow()};
  if (size == 0) return 0;
  CheckScore(engines[data[0] % 2], data + 1, size - 1, /*profiles=*/-1);
  return 0;
}
