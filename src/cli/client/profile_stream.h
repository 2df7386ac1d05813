// The profiles that a tally ends in, from the columns it gives them in.
#ifndef INFLUENCE_CLI_CLIENT_PROFILE_STREAM_H_
#define INFLUENCE_CLI_CLIENT_PROFILE_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "cli/basics/input_columns.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"

namespace influence::cli {

// A stream of batches of {id, accounts: list of {network, *_micros}}, perhaps
// with standing_micros beside, which is the first account's; owned.
class ProfileStream {
 public:
  // Moves the stream in. Throws Failure(kInternal) if it is another's. If the
  // stream fails, `explain` is called first, and throws if it knows the cause.
  ProfileStream(ArrowArrayStream* stream, std::function<void()> explain);
  ~ProfileStream();
  ProfileStream(const ProfileStream&) = delete;
  ProfileStream& operator=(const ProfileStream&) = delete;

  // The next profile; false at the end. Throws Failure with what the stream
  // says.
  bool Next(abi1::Profile* profile);

 private:
  void ReadSchema();
  bool NextBatch();

  ArrowArrayStream stream_ = {};
  std::function<void()> explain_;
  ArrowArray batch_ = {};
  int64_t row_ = 0;
  // The indices of the children.
  size_t id_ = 0;
  size_t accounts_ = 0;
  std::optional<size_t> standing_;
  std::vector<size_t> columns_;  // of each child of an account
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_PROFILE_STREAM_H_
