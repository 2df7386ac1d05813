// The bytes of a saved tally, equal for equal events.
#ifndef INFLUENCE_TALLY_SAVE_H_
#define INFLUENCE_TALLY_SAVE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "model/error.h"
#include "tally/tally.h"

namespace influence {

// Writes a compacted tally in pieces. False if `write` returned false.
//
// The format: "influence-tally 1\n", then, every number little-endian:
//   fingerprint  64 bytes of text        as_of_seconds  i64
//   events  u64, and those ignored, u64 each, as IgnoredEvents has them
//   ids, networks, topics on networks: a count u32, then each as size u16 and
//     UTF-8, ascending, so that their numbers are their ranks; the last of
//     these are named by the topic's size u8, the topic, and the network
//   for networks: a mask u16 of the kinds that occur, each
//   qualities: a count u32, then id u32 and millionths u32
//   reactions, topical, endorsements: a count u64, then records of actor u32,
//     subject u32, slot u32, value u64, ascending
//   named: a count u64, then digest 2 x u64, time i64, actor, subject, network,
//     topic on a network u32, count u32, kind u32, ascending by digest
//   SHA-256 of all of it, 32 bytes
bool SaveTally(const Tally& tally, std::string_view fingerprint,
               const std::function<bool(const uint8_t*, size_t)>& write);

// Reads a tally; make(as_of_seconds) returns the empty tally to fill. Trusts no
// byte: fails with MALFORMED or ALGORITHM_MISMATCH, and with CANCELLED if
// `read` returned false.
Error LoadTally(const std::function<bool(uint8_t*, size_t)>& read,
                std::string_view fingerprint,
                const std::function<Tally*(int64_t)>& make);

}  // namespace influence

#endif  // INFLUENCE_TALLY_SAVE_H_
