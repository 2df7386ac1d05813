// Tallies behind the C boundary: checks batches and spreads columns over shards
// by actor. Sharding works because everything that damps an
// actor's reactions depends on that actor alone (TALLY.md): profiles of the
// shards only have to be added up. Named events and endorsements depend on
// other actors too, so they all go to the first shard.
#include "engine/tally_calls.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "columns/event_columns.h"
#include "columns/table_stream.h"
#include "engine/match.h"
#include "engine/request_options.h"
#include "engine/tally_profile_stream.h"
#include "engine/tally_subject.h"
#include "engine/tally_topics.h"
#include "scoring/parallel.h"
#include "tally/save.h"

namespace influence {
namespace {

Error Check(const msg::TallyOptions& options) {
  if (!options.as_of_seconds.has_value()) {
    return {Code::kInvalidArgument, "as_of_seconds",
            "is not set; the library has no clock"};
  }
  const int64_t as_of = *options.as_of_seconds;
  if (as_of < 0 || as_of > kMaxAsOfSeconds) {
    return NotIn("as_of_seconds", as_of, 0, kMaxAsOfSeconds);
  }
  if (Name(options.future).empty()) {
    return {Code::kInvalidArgument, "future",
            std::to_string(static_cast<int32_t>(options.future)) +
                " is not a known choice"};
  }
  return CheckThreads(options.threads);
}

}  // namespace

TallyEngine::TallyEngine(std::shared_ptr<const Engine::Core> core,
                         int64_t as_of_seconds, bool ignore_future,
                         size_t threads)
    : core_(std::move(core)),
      contents_(std::make_shared<Contents>()),
      ignore_future_(ignore_future) {
  for (size_t i = 0; i < std::max<size_t>(1, threads); ++i) {
    contents_->shards.push_back(
        std::make_unique<Tally>(core_->description.algorithm, as_of_seconds));
  }
}

Error TallyEngine::New(std::shared_ptr<const Engine::Core> core,
                       std::string_view bytes,
                       std::unique_ptr<TallyEngine>* out) {
  msg::TallyOptions options;
  Error error = Decode(bytes, &options);
  if (error.ok()) error = Check(options);
  if (error.ok()) {
    error = Match(options.algorithm, options.fingerprint, core->description);
  }
  if (!error.ok()) return std::move(error).Within("options");
  out->reset(new TallyEngine(std::move(core), *options.as_of_seconds,
                             options.future == Future::kIgnored,
                             options.threads));
  return {};
}

Error TallyEngine::CanRead() const {
  if (!is_lost_) return {};
  return {Code::kFailedPrecondition, "tally",
          "is half changed since a call failed; it can only be released"};
}

// A stream holds the contents too, so the use count tells whether one is open.
Error TallyEngine::CanChange() const {
  if (Error error = CanRead(); !error.ok()) return error;
  if (contents_.use_count() == 1) return {};
  return {Code::kFailedPrecondition, "tally",
          "its profiles are being read; release the stream first"};
}

template <typename Body>
Error TallyEngine::Change(Body body) {
  is_lost_ = true;  // stays so if std::bad_alloc is thrown
  Error error = Stopped(body);
  is_lost_ = !error.ok();
  return error;
}

// Queries that need pairs of actors, or one tally to write, work on a united
// tally. Uniting changes where reactions are kept, not what they are.
Error TallyEngine::Unite() {
  for (std::unique_ptr<Tally>& shard : contents_->shards) {
    if (shard == contents_->shards[0] || shard->empty()) continue;
    Error error = CanChange();
    if (!error.ok()) return error;
    error = Change([&]() -> Error {
      first().Merge(*shard);
      shard = std::make_unique<Tally>(core_->description.algorithm,
                                      first().as_of_seconds());
      is_mixed_ = true;
      return {};
    });
    if (!error.ok()) return error;
  }
  first().Compact();
  return {};
}

// True if each shard holds all reactions of its actors, so that the profiles of
// the shards sum to those of the whole.
bool TallyEngine::IsSharedOut() const {
  return !is_mixed_ && !first().has_names();
}

Error TallyEngine::CheckFuture(const std::string& field, int64_t time_seconds,
                               size_t row) const {
  if (ignore_future_ || time_seconds <= first().as_of_seconds()) return {};
  return Error(Code::kOutOfRange, field,
               std::to_string(time_seconds) + " is after as_of, " +
                   std::to_string(first().as_of_seconds()) +
                   "; the options can say that such events are ignored")
      .AtRow(row);
}

// Several shards would each need their own limit and file.
Error TallyEngine::SpillTo(uint64_t memory_bytes, WriteFunction write,
                           ReadAtFunction read_at) {
  if (Error error = CanChange(); !error.ok()) return error;
  if (Error error = CheckSpillMemory(memory_bytes); !error.ok()) return error;
  if (!first().empty() || first().spills() || contents_->shards.size() > 1) {
    return {Code::kFailedPrecondition, "tally",
            "is not new, or is for several threads"};
  }
  Connect(std::move(write), std::move(read_at), &contents_->scratch);
  first().SpillTo(memory_bytes, &contents_->scratch);
  return {};
}

Error TallyEngine::Add(std::string_view bytes) {
  if (Error error = CanChange(); !error.ok()) return error;
  if (Error error = CheckSize("events", bytes); !error.ok()) return error;
  // The tally ignores and counts an event whose text is not UTF-8, so decoding
  // must not fail on it.
  const auto items = [bytes] {
    return Items<msg::Event>("EventBatch", msg::EventBatch::kEventsField,
                             "events", bytes, Utf8::kUnchecked);
  };
  // Two passes: the first checks the whole batch, the second adds it, so that a
  // batch is added completely or not at all.
  Error future;
  Items<msg::Event> checked = items();
  while (checked.Next()) {
    const int64_t time_seconds = checked.item().time_seconds;
    if (future.ok() && !ignore_future_ &&
        time_seconds > first().as_of_seconds()) {
      future = CheckFuture(
          "events[" + std::to_string(checked.index()) + "].time_seconds",
          time_seconds, checked.index());
    }
  }
  if (!checked.error().ok()) return OfList("events", checked.error());
  if (!future.ok()) return future;
  return Change([&]() -> Error {
    is_mixed_ = contents_->shards.size() > 1;
    std::vector<msg::Event> block(Tally::kBlock);
    size_t count = 0;
    Items<msg::Event> events = items();
    while (events.Next()) {
      block[count++] = events.item();
      if (count == block.size()) {
        first().Add(block.data(), std::exchange(count, 0));
      }
    }
    first().Add(block.data(), count);
    return events.error();
  });
}

// The whole table is checked before any shard adds a row.
Error TallyEngine::AddColumns(Owned<ArrowSchema> schema,
                              Owned<ArrowArray> array) {
  if (Error error = CanChange(); !error.ok()) return error;
  EventColumns columns;
  Error error = columns.Open(*schema, *array);
  for (size_t row = 0; row < columns.rows() && error.ok(); ++row) {
    error = CheckFuture("time", columns.Time(row), row);
  }
  if (!error.ok()) return error;
  return Change([&]() -> Error {
    RunAtOnce(contents_->shards.size(),
              [&](size_t shard) { AddShard(columns, shard); });
    return {};
  });
}

// Adds the rows that belong to one shard. Every shard scans all rows: reading
// an actor is cheap beside adding an event, and no queue is needed.
void TallyEngine::AddShard(const EventColumns& columns, size_t shard) {
  static_assert(Tally::kBlock <= EventColumns::kBlock);
  const size_t shards = contents_->shards.size();
  std::array<size_t, Tally::kBlock> rows;
  std::vector<msg::Event> events(Tally::kBlock);
  EventColumns::Digits digits;
  size_t count = 0;
  const auto add = [&] {
    columns.Read(rows.data(), count, events.data(), &digits);
    contents_->shards[shard]->Add(events.data(), count);
    count = 0;
  };
  for (size_t row = 0; row < columns.rows(); ++row) {
    if (shards > 1) {
      char number[EventColumns::Digits::kBytes];
      const bool by_actor =
          !columns.HasName(row) && !columns.IsEndorsement(row);
      const size_t owner =
          by_actor ? IdTable::Hash(columns.Actor(row, number)) % shards : 0;
      if (owner != shard) continue;
    }
    rows[count++] = row;
    if (count == rows.size()) add();
  }
  add();
}

Error TallyEngine::IsSame(const TallyEngine& other) const {
  const Description& own = core_->description;
  const Description& theirs = other.core_->description;
  if (own.fingerprint != theirs.fingerprint) {
    return {Code::kAlgorithmMismatch, "other",
            "is a tally for " + Quoted(theirs.algorithm.id) + ", not for " +
                Quoted(own.algorithm.id)};
  }
  if (first().as_of_seconds() != other.first().as_of_seconds()) {
    return {Code::kInvalidArgument, "other",
            "is as of " + std::to_string(other.first().as_of_seconds()) +
                ", not " + std::to_string(first().as_of_seconds())};
  }
  return {};
}

// Merges into the first shard. With several shards the tally is mixed from then
// on.
Error TallyEngine::Merge(const TallyEngine& other) {
  if (&other == this) {
    return {Code::kInvalidArgument, "other",
            "is the tally; a tally cannot be merged into itself"};
  }
  if (Error error = CanChange(); !error.ok()) return error;
  if (Error error = other.CanRead(); !error.ok()) return error;
  if (Error error = IsSame(other); !error.ok()) return error;
  if (other.first().spills()) {
    return {Code::kFailedPrecondition, "other",
            "spills; merge into it instead"};
  }
  return Change([&]() -> Error {
    is_mixed_ = contents_->shards.size() > 1;
    for (const std::unique_ptr<Tally>& shard : other.contents_->shards) {
      first().Merge(*shard);
    }
    return {};
  });
}

Error TallyEngine::Save(const WriteFunction& write) {
  if (Error error = CanRead(); !error.ok()) return error;
  if (first().spills()) {
    return {Code::kFailedPrecondition, "tally", "spills, and cannot be saved"};
  }
  if (Error error = Unite(); !error.ok()) return error;
  if (SaveTally(first(), core_->description.fingerprint, write)) return {};
  return {Code::kCancelled, "write", "the caller's function failed"};
}

// The tally is made when its as_of has been read, by the callback.
Error TallyEngine::Load(std::shared_ptr<const Engine::Core> core,
                        const ReadFunction& read,
                        std::unique_ptr<TallyEngine>* out) {
  std::unique_ptr<TallyEngine> loaded;
  Error error = LoadTally(
      read, core->description.fingerprint, [&](int64_t as_of_seconds) {
        loaded.reset(new TallyEngine(core, as_of_seconds, false, 1));
        return &loaded->first();
      });
  if (error.ok()) *out = std::move(loaded);
  return error;
}

Error TallyEngine::Report(ByteBuffer* out) {
  if (Error error = CanRead(); !error.ok()) return error;
  return Stopped([&]() -> Error {
    if (Error error = Unite(); !error.ok()) return error;
    msg::TallyReport report = first().Report();
    report.algorithm = core_->description.algorithm.id;
    report.fingerprint = core_->description.fingerprint;
    Encode(report, out);
    return {};
  });
}

Error TallyEngine::Profiles(std::string_view options,
                            Owned<ArrowArrayStream>* out) {
  if (Error error = CanRead(); !error.ok()) return error;
  size_t batch_rows = 0;
  Error error = ReadStreamOptions(options, &batch_rows);
  if (!error.ok()) return error;
  std::unique_ptr<TableSource> stream;
  error = Stopped([&]() -> Error {
    if (!IsSharedOut()) {
      if (Error unity = Unite(); !unity.ok()) return unity;
    }
    // An actor's reactions are in one shard and their endorsements in the
    // first. The lowest quality of an actor applies to both.
    for (const std::unique_ptr<Tally>& to : contents_->shards) {
      for (const std::unique_ptr<Tally>& from : contents_->shards) {
        if (to != from) to->LowerQualities(*from);
      }
    }
    std::vector<const Tally*> shards;
    for (const std::unique_ptr<Tally>& shard : contents_->shards) {
      if (shards.empty() || !shard->empty()) shards.push_back(shard.get());
    }
    RunAtOnce(contents_->shards.size(),
              [this](size_t i) { contents_->shards[i]->Compact(); });
    stream = NewProfileStream(contents_, shards, core_->description.algorithm,
                              batch_rows);
    return {};
  });
  if (!error.ok()) return error;
  *out = NewStream(std::move(stream));
  return {};
}

// The graph is checked before the tally is united: a mismatch should be cheap.
Error TallyEngine::Subject(std::string_view bytes, ByteBuffer* out) {
  if (Error error = CanRead(); !error.ok()) return error;
  SubjectQuestion question;
  Error error = ReadSubjectRequest(bytes, &question);
  if (!error.ok()) return error;
  error = Match(question.graph, core_->description);
  if (!error.ok()) return std::move(error).Within("request");
  return Stopped([&]() -> Error {
    if (Error unity = Unite(); !unity.ok()) return unity;
    return OpenSubject(*core_, first(), question, out);
  });
}

Error TallyEngine::Topics(Owned<ArrowSchema>* schema,
                          Owned<ArrowArray>* array) {
  if (Error error = CanRead(); !error.ok()) return error;
  return Stopped([&]() -> Error {
    if (Error error = Unite(); !error.ok()) return error;
    MakeTopicsTable(first(), schema, array);
    return {};
  });
}

Error TallyEngine::AddEdges(GraphBuilder* graph) {
  if (Error error = CanRead(); !error.ok()) return error;
  return Stopped([&]() -> Error {
    // All reactions of a pair are in one shard, so each weight is rounded once,
    // as in a tally with one shard.
    if (!IsSharedOut()) {
      if (Error error = Unite(); !error.ok()) return error;
    }
    for (const std::unique_ptr<Tally>& shard : contents_->shards) {
      shard->Compact();
      std::vector<uint32_t> nodes(shard->ids().size(), IdTable::kNone);
      const auto node_of = [&](uint32_t id) {
        uint32_t& node = nodes[id];
        if (node == IdTable::kNone) node = graph->AddNode(shard->ids()[id]);
        return node;
      };
      shard->ForEachPair(
          [&](uint32_t actor, uint32_t subject, uint64_t weight) {
            const uint32_t from = node_of(actor);
            graph->AddEdge(from, node_of(subject), weight);
          });
    }
    return {};
  });
}

}  // namespace influence
