// Calls of the tally: every status becomes a Failure, and every stream is read
// as columns.
#include "cli/client/tally_handle.h"

#include <array>
#include <utility>

#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/borrowed_arrow.h"
#include "cli/client/library.h"
#include "cli/client/spilled.h"
#include "cli/client/standing_handle.h"

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
    // In millionths; in a file it is 0.1 to 1.
    arrays_[kQuality].Fill(rows, batch.has_quality(), batch.qualities(), 2);
    Add("l", kQuality, "quality_micros");
    arrays_[kCount].Fill(rows, batch.has_count(), batch.counts(), 2);
    Add("l", kCount);
    Describe("+s", "", &schema);
    array.Fill(last - first, nullptr, nullptr, 1);
    array.value.offset = static_cast<int64_t>(first);
  }

  BorrowedSchema schema;
  BorrowedArray array;

 private:
  void Add(const char* format, size_t field, const char* name = nullptr) {
    Describe(format, name == nullptr ? kEventNames.names[field].data() : name,
             &schemas_[field]);
    schema.AddChild(&schemas_[field].value);
    array.AddChild(&arrays_[field].value);
  }

  std::array<BorrowedSchema, kEventFields> schemas_;
  std::array<BorrowedArray, kEventFields> arrays_;
};

}  // namespace

Tally::Tally(const Engine& engine, const abi1::TallyOptions& options) {
  const std::string bytes = options.SerializeAsString();
  influence_tally* tally = nullptr;
  CallError error;
  Check(influence_tally_new(engine.get(), DataOf(bytes), bytes.size(), &tally,
                            error.out()),
        error);
  tally_.reset(tally);
}

Tally::~Tally() = default;

// The file's own failure is the cause, so it is reported first.
void Tally::Check(influence_status status, const CallError& error) const {
  if (status != INFLUENCE_OK) Rethrow();
  cli::Check(status, error);
}

void Tally::Spill(uint64_t memory_bytes, const std::string& folder) {
  auto spilled = std::make_shared<Spilled>(folder);
  CallError error;
  Check(influence_tally_spill(tally_.get(), memory_bytes, Spilled::Write,
                              Spilled::ReadAt, Spilled::Release,
                              Spilled::Share(spilled), error.out()),
        error);
  spilled_ = std::move(spilled);
}

void Tally::Add(std::string_view events) {
  CallError error;
  Check(influence_tally_add(tally_.get(), DataOf(events), events.size(),
                            error.out()),
        error);
}

bool Tally::Add(const EventBatch& events, size_t first, size_t last) {
  EventTable table(events, first, last);
  CallError error;
  const influence_status status = influence_tally_add_columns(
      tally_.get(), &table.schema.value, &table.array.value, error.out());
  if (status == INFLUENCE_OUT_OF_RANGE) return false;
  Check(status, error);
  return true;
}

abi1::TallyReport Tally::Report() const {
  Bytes report;
  CallError error;
  Check(influence_tally_report(tally_.get(), report.out(), error.out()), error);
  return Parse<abi1::TallyReport>(report.str());
}

void Tally::ProfileTables(const Standing* standing,
                          ArrowArrayStream* out) const {
  CallError error;
  Check(influence_tally_profiles(tally_.get(), nullptr, 0, out, error.out()),
        error);
  if (standing != nullptr) standing->Join(out);
}

std::unique_ptr<ProfileStream> Tally::Profiles(const Standing* standing) const {
  ArrowArrayStream stream = {};
  ProfileTables(standing, &stream);
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
  CallError error;
  Check(influence_tally_topics(tally_.get(), &table.schema, &table.array,
                               error.out()),
        error);
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

abi1::SubjectReport Tally::Subject(const abi1::SubjectRequest& request) const {
  const std::string bytes = request.SerializeAsString();
  Bytes report;
  CallError error;
  const influence_status status = influence_tally_subject(
      tally_.get(), DataOf(bytes), bytes.size(), report.out(), error.out());
  if (status == INFLUENCE_NOT_FOUND) {
    throw Failure(kBadData, "nobody reacted to " + Quoted(request.id()) +
                                ", in a way that counts");
  }
  Check(status, error);
  return Parse<abi1::SubjectReport>(report.str());
}

}  // namespace influence::cli
