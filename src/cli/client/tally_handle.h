// The C library's tally, for this command: an owned handle, parsed messages,
// failures as exceptions.
#ifndef INFLUENCE_CLI_CLIENT_TALLY_HANDLE_H_
#define INFLUENCE_CLI_CLIENT_TALLY_HANDLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/client/engine_handle.h"
#include "cli/client/event_batch.h"
#include "cli/client/profile_stream.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"

namespace influence::cli {

class CallError;
class Spilled;
class Standing;

// All of it throws Failure: kBadData for events that are refused,
// kUnknownAlgorithm for a mismatch.
class Tally {
 public:
  Tally(const Engine& engine, const abi1::TallyOptions& options);
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;
  ~Tally();

  // From now on it holds about that much in memory and the rest in a file that
  // no folder lists. Requires an empty tally.
  void Spill(uint64_t memory_bytes, const std::string& folder);

  // A serialized EventBatch. If it is refused, nothing of it is added.
  void Add(std::string_view events);
  // The rows from `first` to before `last`. If one of them is after as_of, and
  // that is refused, none is added: returns false.
  bool Add(const EventBatch& events, size_t first, size_t last);

  abi1::TallyReport Report() const;
  // The profiles as tables, with the standing of every node if there is one.
  // They must not outlive the tally.
  void ProfileTables(const Standing* standing, ArrowArrayStream* out) const;
  // The same one by one.
  std::unique_ptr<ProfileStream> Profiles(
      const Standing* standing = nullptr) const;
  // A topic on which others react to a person: ascending by id, best first.
  struct Topic {
    std::string id;
    std::string topic;
    int64_t score_micros;
    uint64_t people;
    int64_t quantity_micros;
  };
  void ForEachTopic(const std::function<void(const Topic&)>& use) const;
  abi1::SubjectReport Subject(const abi1::SubjectRequest& request) const;

  influence_tally* get() const { return tally_.get(); }
  // Throws the exception behind a failed call, if there is one.
  void Rethrow() const;

 private:
  struct Free {
    void operator()(influence_tally* tally) const {
      influence_tally_free(tally);
    }
  };
  void Check(influence_status status, const CallError& error) const;

  std::shared_ptr<Spilled> spilled_;
  std::unique_ptr<influence_tally, Free> tally_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_TALLY_HANDLE_H_
