// Columns by one kernel or another of the library. It is no part of the public
// interface, so the programs that use it have the library inside.
#ifndef INFLUENCE_TESTS_CONFORMANCE_KERNEL_H_
#define INFLUENCE_TESTS_CONFORMANCE_KERNEL_H_

#include <string>

#include "influence/influence.h"

namespace influence::conformance {

// Lets an engine that no other thread uses score columns by a kernel:
// "integer", "sse2", "avx2", "avx512" or "neon". False, and nothing changes, if
// this processor lacks it.
bool UseKernel(influence_engine* engine, const std::string& name);

// Whether this processor has it.
bool HasKernel(const std::string& name);

}  // namespace influence::conformance

#endif  // INFLUENCE_TESTS_CONFORMANCE_KERNEL_H_
