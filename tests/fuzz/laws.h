// What has to hold of any answer of the library, whatever was asked.
//
// A broken law ends the process with its words on stderr: that is how a fuzzer
// and ctest notice.
#ifndef INFLUENCE_TESTS_FUZZ_LAWS_H_
#define INFLUENCE_TESTS_FUZZ_LAWS_H_

#include <cstddef>
#include <cstdint>

#include "influence/influence.h"

void Require(bool holds, const char* law);

// The laws of `error` after a call that returned `status`; releases it.
void CheckError(influence_status status, influence_error* error);

// Engines to try: v1, made once, and a custom one of one row, audience by
// followers. They are never released.
const influence_engine* V1();
influence_engine* NewOneRow();

// Scores the request twice and checks the laws of the answer: the same bytes
// both times, the ledger's sums, one result for each of `profiles` (-1: not
// known). Returns the status.
influence_status CheckScore(const influence_engine* engine,
                            const uint8_t* request, size_t size, int profiles);

#endif  // INFLUENCE_TESTS_FUZZ_LAWS_H_
