// Events as columns: what the readers fill and the library takes.
#ifndef INFLUENCE_CLI_CLIENT_EVENT_BATCH_H_
#define INFLUENCE_CLI_CLIENT_EVENT_BATCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// The columns of CSV and the keys of JSONL. Edges and seeds are events of which
// little is said.
enum EventField : size_t {
  kActor,
  kSubject,
  kNetwork,
  kTopic,
  kEventId,
  kKind,
  kTime,
  kQuality,
  kCount,
  kEventFields,
};

// The first of them are text.
inline constexpr size_t kEventTexts = kKind;

// The names of the fields in one kind of file; "" for a field that it lacks.
struct EventNames {
  std::array<std::string_view, kEventFields> names;
  std::array<bool, kEventFields> required;

  std::optional<size_t> Find(std::string_view name) const;
};
inline constexpr EventNames kEventNames = {
    {"actor", "subject", "network", "topic", "event_id", "kind", "time",
     "quality", "count"},
    {true, true, false, false, false, true, true, false, false}};
// An edge goes from an actor to a subject.
inline constexpr EventNames kEdgeNames = {
    {"from", "to", "", "", "", "", "", "", "weight"},
    {true, true, false, false, false, false, false, false, false}};
inline constexpr EventNames kSeedNames = {
    {"id", "", "", "", "", "", "", "", "weight"},
    {true, false, false, false, false, false, false, false, false}};

// The kind of that name, "mention" or "mentions"; SIGNAL_UNSPECIFIED if there
// is none: the library counts what it ignores.
abi1::Signal FindKind(std::string_view name);

// One event as it is read. A value that is not stated is absent.
struct EventRow {
  std::array<std::string_view, kEventTexts> texts;
  abi1::Signal kind = abi1::SIGNAL_UNSPECIFIED;
  int64_t time_seconds = 0;
  std::optional<int64_t> quality_micros;
  std::optional<int64_t> count;
  size_t line = 0;       // where it stands in the file
  std::string_view raw;  // as it stands there; empty if nobody will ask
};

// Sets a field from its text; empty is not stated. Text is not copied. Returns
// false, and says why, if it cannot be what it should be.
bool SetEventField(size_t field, std::string_view text, EventRow* row,
                   std::string* why);

class EventBatch {
 public:
  // As many rows as are handed over at once.
  static constexpr size_t kMostRows = size_t{1} << 16;
  static constexpr size_t kMostBytes = size_t{8} << 20;

  EventBatch() { Clear(); }
  void Clear();
  void Add(const EventRow& row);
  bool full() const { return rows_ >= kMostRows || text_bytes_ >= kMostBytes; }
  size_t rows() const { return rows_; }

  // A column of text: the offsets of each row and of the end, and the bytes.
  const int32_t* offsets(size_t field) const { return offsets_[field].data(); }
  const char* bytes(size_t field) const { return texts_[field].data(); }

  size_t line(size_t row) const { return lines_[row]; }
  const std::string& raw(size_t row) const { return raws_[row]; }

  const int32_t* kinds() const { return kinds_.data(); }
  const int64_t* times() const { return times_.data(); }
  const int64_t* qualities() const { return qualities_.data(); }
  const int64_t* counts() const { return counts_.data(); }
  // One bit a row, the lowest first: whether it is stated.
  const uint8_t* has_quality() const { return has_quality_.data(); }
  const uint8_t* has_count() const { return has_count_.data(); }

 private:
  size_t rows_ = 0;
  size_t text_bytes_ = 0;
  std::array<std::vector<int32_t>, kEventTexts> offsets_;
  std::array<std::string, kEventTexts> texts_;
  std::vector<size_t> lines_;
  std::vector<std::string> raws_;
  std::vector<int32_t> kinds_;
  std::vector<int64_t> times_;
  std::vector<int64_t> qualities_;
  std::vector<int64_t> counts_;
  std::vector<uint8_t> has_quality_;
  std::vector<uint8_t> has_count_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_EVENT_BATCH_H_
