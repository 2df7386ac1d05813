#include "cli/tally.h"

#include <array>
#include <utility>

#include "cli/borrowed.h"
#include "cli/failure.h"
#include "cli/library.h"
#include "cli/spilled.h"
#include "cli/standing.h"
#include "cli/text.h"

namespace influence::cli {

namespace {

// Some rows of a batch as the columns that the library takes.
class EventTable {
 public:
  EventTable(const EventBatch& batch, size_t first, size_t last) {
    const size_t rows = batch.rows();
    for (size_t i = 0; i < kEventTexts; ++i) {
      arrays_[i].Fill(rows, nullptr, batch.offsets(i), 3, batch.bytes(i));
      Add("u", i);
    }
    arrays_[kKind].Fill(rows, nullptr, batch.kinds(), 2);
    Add("i", kKind);
    arrays_[kTime].Fill(rows, nullptr, batch.times(), 2);
    Add("l", kTime);
    arrays_[kQuality].Fill(rows, batch.has_quality(), batch.qualities(), 2);
    Add("l", kQuality);
    arrays_[kCount].Fill(rows, batch.has_count(), batch.counts(), 2);
    Add("l", kCount);
    Describe("+s", "", &schema);
    array.Fill(last - first, nullptr, nullptr, 1);
    array.value.offset = static_cast<int64_t>(first);
  }

  BorrowedSchema schema;
  BorrowedArray array;

 private:
  void Add(const char* format, size_t field) {
    Describe(format, kEventNames.names[field].data(), &schemas_[field]);
    schema.AddChild(&schemas_[field].value);
    array.AddChild(&arrays_[field].value);
  }

  std::array<BorrowedSchema, kEventFields> schemas_;
  std::array<BorrowedArray, kEventFields> arrays_;
};

}  // namespace

Tally::Tally(const Engine& engine, const wire::TallyOptions& options) {
  const std::string bytes = options.SerializeAsString();
  influence_tally* tally = nullptr;
  Bytes message;
  Check(influence_tally_new(engine.get(), DataOf(bytes), bytes.size(), &tally,
                            message.out()),
        message);
  tally_.reset(tally);
}

Tally::~Tally() = default;

// What the file said is said first.
void Tally::Check(influence_status status, const Bytes& message) const {
  if (status != INFLUENCE_OK) Rethrow();
  cli::Check(status, message);
}

void Tally::Spill(uint64_t memory_bytes, const std::string& folder) {
  auto spilled = std::make_unique<Spilled>(folder);
  Bytes message;
  Check(influence_tally_spill(tally_.get(), memory_bytes, Spilled::Write,
                              Spilled::ReadAt, spilled.get(), message.out()),
        message);
  spilled_ = std::move(spilled);
}

void Tally::Add(std::string_view events) {
  Bytes message;
  Check(influence_tally_add(tally_.get(), DataOf(events), events.size(),
                            message.out()),
        message);
}

bool Tally::Add(const EventBatch& events, size_t first, size_t last) {
  EventTable table(events, first, last);
  Bytes message;
  const influence_status status = influence_tally_add_columns(
      tally_.get(), &table.schema.value, &table.array.value, message.out());
  if (status == INFLUENCE_OUT_OF_RANGE) return false;
  Check(status, message);
  return true;
}

wire::TallyReport Tally::Report() const {
  Bytes report;
  Bytes message;
  Check(influence_tally_report(tally_.get(), report.out(), message.out()),
        message);
  return Parse<wire::TallyReport>(report.str());
}

std::unique_ptr<ProfileStream> Tally::Finish(const Standing* standing) const {
  ArrowArrayStream stream = {};
  Bytes message;
  Check(
      influence_tally_finish(tally_.get(), nullptr, 0, &stream, message.out()),
      message);
  if (standing != nullptr) standing->Join(&stream);
  return std::make_unique<ProfileStream>(&stream, [this] { Rethrow(); });
}

void Tally::Rethrow() const {
  if (spilled_ != nullptr) spilled_->Rethrow();
}

void Tally::ForEachTopic(const std::function<void(const Topic&)>& use) const {
  constexpr int64_t kChildren = 5;  // id, topic, score, people, quantity
  struct Table {
    ~Table() {
      if (schema.release != nullptr) schema.release(&schema);
      if (array.release != nullptr) array.release(&array);
    }
    ArrowSchema schema = {};
    ArrowArray array = {};
  } table;
  Bytes message;
  Check(influence_tally_topics(tally_.get(), &table.schema, &table.array,
                               message.out()),
        message);
  if (table.array.n_children != kChildren) {
    throw Failure(kInternal, "the library's topics have other columns");
  }
  const auto values = [&](size_t column) {
    return static_cast<const int64_t*>(
        table.array.children[column]->buffers[1]);
  };
  const auto text = [&](size_t column, size_t row) {
    const auto* const bytes =
        static_cast<const char*>(table.array.children[column]->buffers[2]);
    const int64_t begin = values(column)[row];
    const int64_t end = values(column)[row + 1];
    return begin == end ? std::string()
                        : std::string(bytes + begin, bytes + end);
  };
  for (size_t i = 0; i < static_cast<size_t>(table.array.length); ++i) {
    use({text(0, i), text(1, i), values(2)[i],
         static_cast<uint64_t>(values(3)[i]), values(4)[i]});
  }
}

wire::SubjectReport Tally::Subject(const wire::SubjectRequest& request) const {
  const std::string bytes = request.SerializeAsString();
  Bytes report;
  Bytes message;
  const influence_status status = influence_tally_subject(
      tally_.get(), DataOf(bytes), bytes.size(), report.out(), message.out());
  if (status == INFLUENCE_INVALID_ARGUMENT) {
    throw Failure(kBadData, "nobody reacted to " + Quoted(request.id()) +
                                ", in a way that counts");
  }
  Check(status, message);
  return Parse<wire::SubjectReport>(report.str());
}

}  // namespace influence::cli
