#include "engine/tally.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "columns/build.h"
#include "columns/events.h"
#include "engine/match.h"
#include "tally/profiles.h"
#include "tally/save.h"
#include "wire/events.h"
#include "wire/response.h"
#include "wire/utf8.h"

namespace influence {
namespace {

// The caller's function for what memory has no room for said no.
struct ScratchFailed {};

// Runs `body`, and says in words what stopped it.
template <typename Body>
Error Stopped(Body body) {
  try {
    return body();
  } catch (const std::length_error&) {
    return {Code::kTooLarge, "events",
            "there is no room left for more ids in this tally"};
  } catch (const ScratchFailed&) {
    return {Code::kCancelled, "spill", "the caller's function failed"};
  }
}

// ------------------------------------------------------------------ profiles

// The profiles of a tally as a stream of tables.
class ProfileStream {
 public:
  ProfileStream(std::shared_ptr<const Tally> tally, const Algorithm& algorithm,
                size_t batch_rows)
      : tally_(std::move(tally)), profiles_(*tally_), batch_rows_(batch_rows) {
    for (const Row& row : algorithm.rows) {
      for (const SignalValue& count : row.counts) {
        if (count.signal != Signal::kStanding) signals_.push_back(count.signal);
      }
    }
    std::sort(signals_.begin(), signals_.end());
  }

  Owned<ArrowSchema> Schema() const {
    std::vector<Owned<ArrowSchema>> fields;
    fields.push_back(NewSchema("z", "network"));
    for (const Signal signal : signals_) {
      fields.push_back(NewSchema("l", std::string(Name(signal)) + "_micros"));
    }
    return NewSchema(
        "+s", "",
        List(NewSchema("z", "id"),
             NewSchema("+l", "accounts",
                       List(NewSchema("+s", "item", std::move(fields))))));
  }

  // The next table; released at the end.
  Owned<ArrowArray> Next() {
    constexpr size_t kMostAccounts = size_t{1} << 22;
    accounts_ = Accounts();
    std::vector<int32_t> ends = {0};
    std::vector<int32_t> id_ends = {0};
    std::vector<char> ids;
    while (next_ < profiles_.order().size() && ends.size() <= batch_rows_ &&
           accounts_.networks.size() < kMostAccounts) {
      // Half of what is left is for the tables on their way.
      if (next_ == loaded_) {
        loaded_ += profiles_.Load(next_, tally_->Allowance() / 2);
      }
      const size_t place = next_++;
      const size_t before = accounts_.networks.size();
      AddAccounts(place);
      if (accounts_.networks.size() == before) continue;  // received nothing
      ends.push_back(static_cast<int32_t>(accounts_.networks.size()));
      const std::string_view id = tally_->ids()[profiles_.order()[place]];
      ids.insert(ids.end(), id.begin(), id.end());
      id_ends.push_back(static_cast<int32_t>(ids.size()));
    }
    const size_t rows = ends.size() - 1;
    if (rows == 0) return {};
    const size_t items = accounts_.networks.size();

    std::vector<Owned<ArrowArray>> fields;
    std::vector<int32_t> name_ends = {0};
    std::vector<char> names;
    for (const uint32_t network : accounts_.networks) {
      const std::string_view name = tally_->networks()[network];
      names.insert(names.end(), name.begin(), name.end());
      name_ends.push_back(static_cast<int32_t>(names.size()));
    }
    const Shared none;
    fields.push_back(
        NewArray(items, 0, List(none, ToBuffer(name_ends), ToBuffer(names))));
    for (const Signal signal : signals_) fields.push_back(SignalArray(signal));
    Owned<ArrowArray> list =
        NewArray(rows, 0, List(none, ToBuffer(ends)),
                 List(NewArray(items, 0, List(none), std::move(fields))));
    return NewArray(
        rows, 0, List(none),
        List(NewArray(rows, 0, List(none, ToBuffer(id_ends), ToBuffer(ids))),
             std::move(list)));
  }

 private:
  // The accounts of a table: their networks, and by signal what they received.
  struct Accounts {
    std::vector<uint32_t> networks;
    std::array<std::vector<Micros>, kSignalCount> amounts;
  };

  void AddAccounts(size_t place) {
    uint32_t last = IdTable::kNone;
    profiles_.ForEach(place, [&](size_t channel, Micros amount) {
      const auto [network, signal] = profiles_.channels()[channel];
      if (network != last) {
        accounts_.networks.push_back(network);
        for (const Signal each : signals_) {
          accounts_.amounts[Index(each)].push_back(0);
        }
        last = network;
      }
      accounts_.amounts[Index(signal)].back() = amount;
    });
  }

  // Null where nobody on the network received that kind: then it is unknown.
  Owned<ArrowArray> SignalArray(Signal signal) const {
    const size_t items = accounts_.networks.size();
    const Shared valid = NewBuffer((items + 7) / 8, Content::kZero);
    auto* bits = static_cast<uint8_t*>(valid.get());
    int64_t nulls = 0;
    for (size_t i = 0; i < items; ++i) {
      if (tally_->Occurs(accounts_.networks[i], signal)) {
        bits[i / 8] = static_cast<uint8_t>(bits[i / 8] | 1u << (i % 8));
      } else {
        ++nulls;
      }
    }
    return NewArray(items, nulls,
                    List(valid, ToBuffer(accounts_.amounts[Index(signal)])));
  }

  std::shared_ptr<const Tally> tally_;
  TallyProfiles profiles_;
  size_t batch_rows_;
  std::vector<Signal> signals_;
  size_t next_ = 0;    // of profiles_.order()
  size_t loaded_ = 0;  // up to there
  Accounts accounts_;
};

ProfileStream& StreamOf(ArrowArrayStream* stream) {
  return *static_cast<ProfileStream*>(stream->private_data);
}

template <typename Body>
int Callback(Body body) noexcept {
  try {
    body();
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (...) {
    return EIO;  // the scratch could not be read
  }
}

int GetSchema(ArrowArrayStream* self, ArrowSchema* out) {
  return Callback([&] { *out = StreamOf(self).Schema().Take(); });
}

int GetNext(ArrowArrayStream* self, ArrowArray* out) {
  return Callback([&] {
    *out = {};
    *out = StreamOf(self).Next().Take();
  });
}

const char* GetLastError(ArrowArrayStream*) { return nullptr; }

void ReleaseStream(ArrowArrayStream* self) {
  delete static_cast<ProfileStream*>(self->private_data);
  self->release = nullptr;
}

// ------------------------------------------------------------------- sources

// What each actor gave to one row of the algorithm on one network, in
// millionths of its quantity.
using Given = std::map<uint32_t, Micros>;

// Opens a part of the ledger into those who gave it.
FactorSources OpenPart(const Tally& tally, Factor factor, uint32_t network,
                       const Part& part, const Given& given, size_t top) {
  FactorSources opened{};
  opened.factor = factor;
  opened.network = tally.networks()[network];
  opened.quantity = part.quantity;
  opened.points = part.points;
  std::vector<FactorSources::Source> sources;
  for (const auto& [actor, quantity] : given) {
    // A giver's points are its share of the part's, rounded down.
    const Micros points =
        part.quantity == 0
            ? 0
            : static_cast<Micros>(
                  MulDivFloor(
                      static_cast<uint64_t>(part.points),
                      static_cast<uint64_t>(std::min(quantity, part.quantity)),
                      static_cast<uint64_t>(part.quantity))
                      .quotient);
    sources.push_back({tally.ids()[actor], quantity, points});
  }
  std::sort(sources.begin(), sources.end(),
            [](const FactorSources::Source& a, const FactorSources::Source& b) {
              return a.quantity != b.quantity ? a.quantity > b.quantity
                                              : a.actor < b.actor;
            });
  opened.remainder_quantity = part.quantity;
  opened.remainder_points = part.points;
  for (size_t i = 0; i < sources.size(); ++i) {
    opened.remainder_quantity -= sources[i].quantity;
    opened.remainder_points -= sources[i].points;
    if (i < top) {
      opened.top.push_back(sources[i]);
    } else {
      opened.others.quantity += sources[i].quantity;
      opened.others.points += sources[i].points;
      ++opened.others_count;
    }
  }
  return opened;
}

}  // namespace

Error TallyEngine::New(std::shared_ptr<const Engine::Core> core,
                       std::string_view bytes,
                       std::unique_ptr<TallyEngine>* out) {
  TallyOptions options;
  Error error = ReadTallyOptions(bytes, &options);
  if (error.ok()) {
    error = Match(options.algorithm, options.fingerprint, core->description);
  }
  if (!error.ok()) return std::move(error).Within("options");
  out->reset(new TallyEngine(std::move(core), options.as_of_seconds,
                             options.ignore_future));
  return {};
}

Error TallyEngine::CheckFuture(const Event& event, size_t index) const {
  if (ignore_future_ || event.time_seconds <= tally().as_of_seconds())
    return {};
  return {Code::kOutOfRange, "events[" + std::to_string(index) + "].time",
          std::to_string(event.time_seconds) + " is after as_of, " +
              std::to_string(tally().as_of_seconds()) +
              "; the options can say that such events are ignored"};
}

Error TallyEngine::CanChange() const {
  if (contents_.use_count() == 1) return {};
  return {Code::kInvalidArgument, "tally",
          "its profiles are being read; release the stream first"};
}

Error TallyEngine::SpillTo(uint64_t memory_bytes, WriteFunction write,
                           ReadAtFunction read_at) {
  if (memory_bytes < kLeastSpillMemory) {
    return {Code::kOutOfRange, "memory_bytes",
            std::to_string(memory_bytes) + " is under " +
                std::to_string(kLeastSpillMemory)};
  }
  if (!tally().empty() || tally().spills()) {
    return {Code::kInvalidArgument, "tally", "is not new"};
  }
  Scratch& scratch = contents_->scratch;
  scratch.append = [write = std::move(write)](const uint8_t* data,
                                              size_t size) {
    if (!write(data, size)) throw ScratchFailed{};
  };
  scratch.read_at = [read_at = std::move(read_at)](uint64_t offset,
                                                   uint8_t* data, size_t size) {
    if (!read_at(offset, data, size)) throw ScratchFailed{};
  };
  tally().SpillTo(memory_bytes, &scratch);
  return {};
}

Error TallyEngine::Add(std::string_view bytes) {
  if (Error error = CanChange(); !error.ok()) return error;
  if (bytes.size() > kMaxRequestBytes) {
    return {Code::kTooLarge, "events",
            "have " + std::to_string(bytes.size()) + " bytes; the limit is " +
                std::to_string(kMaxRequestBytes)};
  }
  // Once to see that all of it can be taken, once to take it.
  size_t index = 0;
  Error future;
  Error error = ReadEvents(bytes, [&](const Event& event) {
    if (future.ok()) future = CheckFuture(event, index);
    ++index;
  });
  if (!error.ok()) return std::move(error).Within("events");
  if (!future.ok()) return future;
  return Stopped([&]() -> Error {
    std::array<Event, Tally::kBlock> block;
    size_t count = 0;
    Error read = ReadEvents(bytes, [&](const Event& event) {
      block[count++] = event;
      if (count == block.size()) {
        tally().Add(block.data(), std::exchange(count, 0));
      }
    });
    tally().Add(block.data(), count);
    return read;
  });
}

Error TallyEngine::AddColumns(Owned<ArrowSchema> schema,
                              Owned<ArrowArray> array) {
  static_assert(Tally::kBlock <= EventColumns::kBlock);
  if (Error error = CanChange(); !error.ok()) return error;
  EventColumns columns;
  Error error = columns.Open(*schema, *array);
  if (!error.ok()) return error;
  std::array<Event, Tally::kBlock> block;
  const auto for_each_block = [&](const auto& visit) {
    for (size_t i = 0; i < columns.rows(); i += block.size()) {
      const size_t count = std::min(block.size(), columns.rows() - i);
      columns.Read(i, count, block.data());
      visit(i, count);
    }
  };
  if (!ignore_future_) {
    for_each_block([&](size_t begin, size_t count) {
      for (size_t i = 0; i < count && error.ok(); ++i) {
        error = CheckFuture(block[i], begin + i);
      }
    });
    if (!error.ok()) return error;
  }
  return Stopped([&]() -> Error {
    for_each_block(
        [&](size_t, size_t count) { tally().Add(block.data(), count); });
    return {};
  });
}

Error TallyEngine::IsSame(const TallyEngine& other) const {
  const Description& own = core_->description;
  const Description& theirs = other.core_->description;
  if (own.fingerprint != theirs.fingerprint) {
    return {Code::kAlgorithmMismatch, "other",
            "is a tally for " + Quoted(theirs.algorithm.id) + ", not for " +
                Quoted(own.algorithm.id)};
  }
  if (tally().as_of_seconds() != other.tally().as_of_seconds()) {
    return {Code::kInvalidArgument, "other",
            "is as of " + std::to_string(other.tally().as_of_seconds()) +
                ", not " + std::to_string(tally().as_of_seconds())};
  }
  return {};
}

Error TallyEngine::Merge(const TallyEngine& other) {
  if (&other == this) {
    return {Code::kInvalidArgument, "other", "is the tally itself"};
  }
  if (Error error = IsSame(other); !error.ok()) return error;
  if (other.tally().spills()) {
    return {Code::kInvalidArgument, "other", "spills; merge into it instead"};
  }
  if (Error error = CanChange(); !error.ok()) return error;
  return Stopped([&]() -> Error {
    tally().Merge(other.tally());
    return {};
  });
}

Error TallyEngine::Save(const WriteFunction& write) {
  if (tally().spills()) {
    return {Code::kInvalidArgument, "tally", "spills, and cannot be saved"};
  }
  tally().Compact();
  if (SaveTally(tally(), core_->description.fingerprint, write)) return {};
  return {Code::kCancelled, "write", "the caller's function failed"};
}

Error TallyEngine::Load(std::shared_ptr<const Engine::Core> core,
                        const ReadFunction& read,
                        std::unique_ptr<TallyEngine>* out) {
  std::unique_ptr<TallyEngine> loaded;
  Error error = LoadTally(
      read, core->description.fingerprint, [&](int64_t as_of_seconds) {
        loaded.reset(new TallyEngine(core, as_of_seconds, false));
        return &loaded->tally();
      });
  if (error.ok()) *out = std::move(loaded);
  return error;
}

Error TallyEngine::Report(ByteBuffer* out) {
  return Stopped([&]() -> Error {
    tally().Compact();
    AppendTallyReport(core_->description.algorithm.id,
                      core_->description.fingerprint, tally().as_of_seconds(),
                      tally().Report(), out);
    return {};
  });
}

Error TallyEngine::Finish(std::string_view options,
                          Owned<ArrowArrayStream>* out) {
  uint32_t batch_rows = 0;
  Error error = ReadFinishOptions(options, &batch_rows);
  if (!error.ok()) return std::move(error).Within("options");
  tally().Compact();
  auto stream = std::make_unique<ProfileStream>(
      std::shared_ptr<const Tally>(contents_, &contents_->tally),
      core_->description.algorithm, batch_rows);
  Owned<ArrowArrayStream> opened;
  opened->get_schema = GetSchema;
  opened->get_next = GetNext;
  opened->get_last_error = GetLastError;
  opened->release = ReleaseStream;
  opened->private_data = stream.release();
  *out = std::move(opened);
  return {};
}

Error TallyEngine::Subject(std::string_view bytes, ByteBuffer* out) {
  SubjectRequest request;
  Error error = ReadSubjectRequest(bytes, &request);
  if (!error.ok()) return std::move(error).Within("request");
  return Stopped([&] { return Open(request, out); });
}

Error TallyEngine::Open(const SubjectRequest& request, ByteBuffer* out) {
  Error error;
  tally().Compact();
  const uint32_t subject = tally().ids().Find(request.id);
  std::vector<Gift> gifts;
  if (subject != IdTable::kNone) gifts = tally().GiftsTo(subject);
  if (gifts.empty()) {
    return {Code::kInvalidArgument, "request.id",
            Quoted(request.id) + " received no reaction that counts"};
  }

  // The profile, as finishing makes it: networks by name.
  std::map<std::string_view, uint32_t> networks;
  for (const Gift& gift : gifts) {
    networks.emplace(tally().networks()[gift.network], gift.network);
  }
  Profile profile;
  profile.id = request.id;
  for (const auto& [name, network] : networks) {
    Account account;
    account.network = name;
    std::array<Micros, kSignalCount> sums{};
    for (const Gift& gift : gifts) {
      if (gift.network != network) continue;
      Micros& sum = sums[Index(gift.signal)];
      sum = std::min(kMaxSignal, sum + gift.amount);
    }
    for (const Evaluator::Compiled& row : core_->evaluator.rows()) {
      for (const SignalValue& count : row.counts) {
        if (tally().Occurs(network, count.signal)) {
          account.signals.Set(count.signal, sums[Index(count.signal)]);
        }
      }
    }
    profile.accounts.push_back(account);
  }

  ByteBuffer result;
  std::vector<FactorSources> sources;
  const bool is_text = IsUtf8(request.id);
  if (!is_text) profile.id = {};
  for (const Account& account : profile.accounts) {
    if (!IsUtf8(account.network)) {
      error = {Code::kInvalidUtf8, "accounts.network", "is not valid UTF-8"};
    }
  }
  if (error.ok() && profile.accounts.size() > kMaxAccounts) {
    error = {Code::kTooLarge, "accounts",
             std::to_string(profile.accounts.size()) +
                 " networks; the limit is " + std::to_string(kMaxAccounts)};
  }
  if (!error.ok()) {
    AppendError(profile.id, error, &result);
  } else {
    Ledger ledger;
    core_->evaluator.Score(profile, Detail::kLedger, &ledger);
    AppendResult(profile, ledger, Detail::kLedger, "", &result);
    for (size_t i = 0; i < ledger.lines.size(); ++i) {
      const Line& line = ledger.lines[i];
      const Evaluator::Compiled& row = core_->evaluator.rows()[i];
      for (uint32_t p = line.parts_begin; p < line.parts_end; ++p) {
        const Part& part = ledger.parts[p];
        const uint32_t network =
            networks.at(profile.accounts[part.account].network);
        // A giver's quantity is rounded down once, over all kinds.
        std::map<uint32_t, Signals> by_actor;
        for (const Gift& gift : gifts) {
          if (gift.network == network &&
              (row.signal_mask & Signals::Bit(gift.signal)) != 0) {
            by_actor[gift.actor].Set(gift.signal, gift.amount);
          }
        }
        Given given;
        for (const auto& [actor, signals] : by_actor) {
          Micros quantity = 0;
          for (const SignalValue& count : row.counts) {
            quantity += static_cast<Micros>(
                MulDivFloor(static_cast<uint64_t>(signals.Get(count.signal)),
                            static_cast<uint64_t>(count.value),
                            static_cast<uint64_t>(kOne))
                    .quotient);
          }
          if (quantity > 0) given.emplace(actor, quantity);
        }
        sources.push_back(
            OpenPart(tally(), line.factor, network, part, given, request.top));
      }
    }
  }

  constexpr Micros kShrinkage = 5;  // people
  std::vector<TopicScore> topics;
  for (const TopicEvidence& evidence : tally().TopicsOf(subject)) {
    const auto people = static_cast<Micros>(evidence.people);
    topics.push_back({evidence.topic, evidence.quantity, evidence.people,
                      MulDiv(evidence.quantity, people, people + kShrinkage)});
  }
  std::sort(topics.begin(), topics.end(),
            [](const TopicScore& a, const TopicScore& b) {
              return a.score != b.score ? a.score > b.score : a.topic < b.topic;
            });
  AppendSubjectReport(result, tally().as_of_seconds(), sources, topics, out);
  if (out->size() > kMaxResponseBytes) {
    return {Code::kTooLarge, "", "the report is larger than a response may be"};
  }
  return {};
}

}  // namespace influence
