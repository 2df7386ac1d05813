// The table behind influence_tally_topics(). It is built in one piece, because
// the scores of a topic are only known after all reactions have been read.
#include "engine/tally_topics.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "columns/column_builder.h"

namespace influence {
namespace {

template <typename Value, typename Of>
Owned<ArrowArray> Numbers(const std::vector<TopicEvidence>& rows, Of of) {
  std::vector<Value> values;
  values.reserve(rows.size());
  for (const TopicEvidence& row : rows) values.push_back(of(row));
  return NewArray(rows.size(), 0, List(Shared(), ToBuffer(values)));
}

// Texts with 64-bit offsets: together they may exceed 2 GiB.
template <typename Of>
Owned<ArrowArray> Texts(const std::vector<TopicEvidence>& rows, Of of) {
  std::vector<int64_t> offsets = {0};
  offsets.reserve(rows.size() + 1);
  std::vector<char> bytes;
  for (const TopicEvidence& row : rows) {
    const std::string_view text = of(row);
    bytes.insert(bytes.end(), text.begin(), text.end());
    offsets.push_back(static_cast<int64_t>(bytes.size()));
  }
  return NewArray(rows.size(), 0,
                  List(Shared(), ToBuffer(offsets), ToBuffer(bytes)));
}

}  // namespace

// Sorted by id, then by falling score, then by topic: the tally's own order is
// that of its numbers, which must not show.
void MakeTopicsTable(const Tally& tally, Owned<ArrowSchema>* schema,
                     Owned<ArrowArray>* array) {
  std::vector<TopicEvidence> rows = tally.TopicsOf(IdTable::kNone);
  const auto id = [&tally](const TopicEvidence& row) {
    return tally.ids()[row.subject];
  };
  std::sort(rows.begin(), rows.end(),
            [&](const TopicEvidence& a, const TopicEvidence& b) {
              if (a.subject != b.subject) return id(a) < id(b);
              return std::make_tuple(b.score(), a.topic) <
                     std::make_tuple(a.score(), b.topic);
            });
  *schema =
      NewSchema("+s", "",
                List(NewSchema("U", "id"), NewSchema("U", "topic"),
                     NewSchema("l", "score_micros"), NewSchema("L", "people"),
                     NewSchema("l", "quantity_micros")));
  *array = NewArray(
      rows.size(), 0, List(Shared()),
      List(Texts(rows, id),
           Texts(rows, [](const TopicEvidence& row) { return row.topic; }),
           Numbers<int64_t>(
               rows, [](const TopicEvidence& row) { return row.score(); }),
           Numbers<uint64_t>(
               rows, [](const TopicEvidence& row) { return row.people; }),
           Numbers<int64_t>(
               rows, [](const TopicEvidence& row) { return row.quantity; })));
}

}  // namespace influence
