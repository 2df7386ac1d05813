// Any bytes at all: the library and libprotobuf read the same in them,
// as a request, as an algorithm, and as one of all messages.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/codec/agreement.h"
#include "tests/codec/every_message.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::string fault = influence::testing::Disagreement(bytes);
  // The last byte chooses which message the others are, besides.
  if (fault.empty() && !bytes.empty()) {
    const size_t type =
        static_cast<uint8_t>(bytes.back()) % influence::testing::MessageTypes();
    fault = influence::testing::MessageDisagreement(
        type, bytes.substr(0, bytes.size() - 1));
  }
  if (!fault.empty()) {
    std::fprintf(stderr, "%s\n", fault.c_str());
    std::abort();
  }
  return 0;
}
