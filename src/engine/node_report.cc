// Recomputes the sums of a NodeReport exactly. The ranks inside cannot be
// verified without the graph, but a report whose parts do not sum to its rank,
// or whose standing does not follow from it, was not written by this library.
#include "engine/node_report.h"

#include <algorithm>
#include <cstdint>

#include "base/micros.h"
#include "base/muldiv.h"
#include "engine/request_options.h"

namespace influence {
namespace {

// Checks that parts sum to a whole exactly, without overflow.
class Parts {
 public:
  explicit Parts(uint64_t whole) : left_(whole) {}
  void Take(uint64_t part) {
    is_over_ = is_over_ || part > left_;
    left_ -= std::min(part, left_);
  }
  // A negative part wraps to a number larger than any whole.
  void Take(Micros part) { Take(static_cast<uint64_t>(part)); }
  bool Sum() const { return !is_over_ && left_ == 0; }

 private:
  uint64_t left_;
  bool is_over_ = false;
};

Error Broken(const char* field, const char* why) {
  return {Code::kInvalidArgument, field, why};
}

}  // namespace

Error CheckNodeReport(const msg::NodeReport& report, GraphIdentity* graph) {
  Error error = ReadGraph(report.graph, graph);
  if (!error.ok()) return error;
  if (!graph->is_stated()) return Broken("graph", "is missing");
  if (report.top.size() > kMaxTop) {
    return NotIn("top", static_cast<int64_t>(report.top.size()), 0, kMaxTop);
  }
  if (report.rank > kTotalRank) {
    return Broken("rank", "is more than all nodes have together");
  }
  const uint64_t standing =
      MulDivFloor(report.rank, graph->nodes * uint64_t{kOne}, kTotalRank)
          .quotient;
  if (static_cast<uint64_t>(report.standing_micros) != standing) {
    return Broken("standing_micros", "is not that of the rank");
  }
  Parts rank(report.rank), micros(standing);
  rank.Take(report.seed_rank);
  rank.Take(report.remainder_rank);
  micros.Take(report.seed_standing_micros);
  micros.Take(report.rounded_standing_micros);
  for (const msg::NodeShare& share : report.top) {
    rank.Take(share.rank);
    micros.Take(share.standing_micros);
  }
  if (report.others.has_value()) {
    rank.Take(report.others->rank);
    micros.Take(report.others->standing_micros);
  }
  if (!rank.Sum()) return Broken("rank", "is not the sum of its parts");
  if (!micros.Sum()) {
    return Broken("standing_micros", "is not the sum of its parts");
  }
  return {};
}

}  // namespace influence
