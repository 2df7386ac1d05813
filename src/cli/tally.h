// The C library's tally, for this command: an owned handle, parsed messages,
// failures as exceptions.
#ifndef INFLUENCE_CLI_TALLY_H_
#define INFLUENCE_CLI_TALLY_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/engine.h"
#include "cli/event_batch.h"
#include "cli/profile_stream.h"
#include "cli/temporary.h"
#include "influence.pb.h"
#include "influence/influence.h"

namespace influence::cli {

// All of it throws Failure: kBadData for events that are refused,
// kUnknownAlgorithm for a mismatch.
class Tally {
 public:
  Tally(const Engine& engine, const wire::TallyOptions& options);

  // A serialized EventBatch.
  void Add(std::string_view events);
  void Add(const EventBatch& events);

  wire::TallyReport Report() const;
  std::unique_ptr<ProfileStream> Finish() const;
  wire::SubjectReport Subject(const wire::SubjectRequest& request) const;

  void Save(TemporaryFile* file) const;
  static Tally Load(const Engine& engine, TemporaryFile* file);

 private:
  struct Free {
    void operator()(influence_tally* tally) const {
      influence_tally_free(tally);
    }
  };
  explicit Tally(influence_tally* tally) : tally_(tally) {}
  std::unique_ptr<influence_tally, Free> tally_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TALLY_H_
