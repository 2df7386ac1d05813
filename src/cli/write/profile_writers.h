// The files that `influence tally` makes: profiles as `influence score` reads
// them.
#ifndef INFLUENCE_CLI_WRITE_PROFILE_WRITERS_H_
#define INFLUENCE_CLI_WRITE_PROFILE_WRITERS_H_

#include <memory>
#include <string>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

class ProfileWriter {
 public:
  virtual ~ProfileWriter() = default;
  virtual std::string Head() { return ""; }
  // Throws Failure(kUsage) for more profiles than a request may have.
  virtual std::string Row(const abi1::Profile& profile) = 0;
};

// For the format csv, jsonl or proto; `head` is the request that the profiles
// of proto belong to.
std::unique_ptr<ProfileWriter> NewProfileWriter(const std::string& format,
                                                const abi1::ScoreRequest& head);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_PROFILE_WRITERS_H_
