// Merges the shards' profiles by id and builds tables of lists: a person, and
// the person's accounts by network.
#include "engine/tally_profile_stream.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "columns/column_builder.h"
#include "engine/scratch.h"
#include "model/profile.h"
#include "scoring/parallel.h"
#include "tally/profiles.h"

namespace influence {
namespace {

// Streams the profiles of a tally as tables.
class ProfileStream : public TableSource {
 public:
  // `shards` are compacted, `keep` owns them, and all reactions of one actor,
  // network and kind are in the same shard.
  ProfileStream(std::shared_ptr<const void> keep,
                const std::vector<const Tally*>& shards,
                const Algorithm& algorithm, size_t batch_rows)
      : keep_(std::move(keep)), batch_rows_(batch_rows) {
    for (const Row& row : algorithm.rows) {
      for (const SignalValue& count : row.counts) {
        if (count.signal != Signal::kStanding) signals_.push_back(count.signal);
      }
    }
    std::sort(signals_.begin(), signals_.end());

    for (const Tally* shard : shards) shards_.emplace_back(shard);
    RunAtOnce(shards_.size(), [this](size_t i) {
      Shard& shard = shards_[i];
      shard.profiles = std::make_unique<TallyProfiles>(*shard.tally);
      if (shards_.size() > 1) shard.Load();  // completely
    });
    // A kind occurs on a network if it occurs there in any shard. Shards number
    // their networks differently, so they are united by name.
    for (const Shard& shard : shards_) {
      for (const auto& [network, signal] : shard.profiles->channels()) {
        occurs_[shard.tally->networks()[network]] |= Signals::Bit(signal);
      }
    }
    for (const auto& [name, signals] : occurs_) networks_.push_back(name);
    for (Shard& shard : shards_) {
      for (uint32_t i = 0; i < shard.tally->networks().size(); ++i) {
        shard.network_of.push_back(static_cast<uint32_t>(
            std::lower_bound(networks_.begin(), networks_.end(),
                             shard.tally->networks()[i]) -
            networks_.begin()));
      }
    }
  }

  Owned<ArrowSchema> Schema() override {
    std::vector<Owned<ArrowSchema>> fields;
    fields.push_back(NewSchema("u", "network"));
    for (const Signal signal : signals_) {
      fields.push_back(NewSchema("l", std::string(Name(signal)) + "_micros"));
    }
    return NewSchema(
        "+s", "",
        List(NewSchema("u", "id"),
             NewSchema("+l", "accounts",
                       List(NewSchema("+s", "item", std::move(fields))))));
  }

  Error Next(Owned<ArrowArray>* out) override {
    return Stopped([&]() -> Error {
      *out = Next();
      return {};
    });
  }

 private:
  // Returns the next table, released at the end of the stream.
  // A table ends at batch_rows_ people or at a bound of accounts, so its memory
  // is bounded even if people have many networks.
  Owned<ArrowArray> Next() {
    constexpr size_t kMostAccounts = size_t{1} << 22;
    accounts_ = Accounts();
    std::vector<int32_t> ends = {0};
    std::vector<int32_t> id_ends = {0};
    std::vector<char> ids;
    while (ends.size() <= batch_rows_ &&
           accounts_.networks.size() < kMostAccounts) {
      const std::optional<std::string_view> id = AddNext();
      if (!id.has_value()) break;
      ends.push_back(static_cast<int32_t>(accounts_.networks.size()));
      ids.insert(ids.end(), id->begin(), id->end());
      id_ends.push_back(static_cast<int32_t>(ids.size()));
    }
    const size_t rows = ends.size() - 1;
    if (rows == 0) return {};
    const size_t items = accounts_.networks.size();

    std::vector<Owned<ArrowArray>> fields;
    std::vector<int32_t> name_ends = {0};
    std::vector<char> names;
    for (const uint32_t network : accounts_.networks) {
      const std::string_view name = networks_[network];
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

  // A shard and the position up to which it has been read.
  struct Shard {
    explicit Shard(const Tally* of) : tally(of) {}
    bool done() const { return next == profiles->order().size(); }
    std::string_view id() const {
      return tally->ids()[profiles->order()[next]];
    }
    // The other half of the allowance is for the tables that are being built.
    void Load() {
      if (!done()) loaded += profiles->Load(next, tally->Allowance() / 2);
    }

    const Tally* tally;
    std::unique_ptr<TallyProfiles> profiles;
    // The place in networks_ of each of the shard's networks.
    std::vector<uint32_t> network_of;
    size_t next = 0;
    size_t loaded = 0;  // up to there
  };
  // The accounts of a table: their networks, and their amounts by signal.
  struct Accounts {
    std::vector<uint32_t> networks;
    std::array<std::vector<Micros>, kSignalCount> amounts;
  };

  // Adds the accounts of the next person, by id, who received anything in any
  // shard, and returns the id. Nothing at the end.
  // A merge of the shards' orders: ids ascend within each shard, and one person
  // may be in several.
  std::optional<std::string_view> AddNext() {
    const size_t before = accounts_.networks.size();
    for (;;) {
      std::optional<std::string_view> id;
      for (const Shard& shard : shards_) {
        if (!shard.done() && (!id.has_value() || shard.id() < *id)) {
          id = shard.id();
        }
      }
      if (!id.has_value()) return id;
      for (Shard& shard : shards_) {
        if (shard.done() || shard.id() != *id) continue;
        if (shard.next == shard.loaded) shard.Load();
        AddAccounts(shard, before);
        ++shard.next;
      }
      if (accounts_.networks.size() > before) return id;
    }
  }

  // Adds the amounts of one shard to the accounts from `first` on, which are
  // sorted by network.
  // Amounts of several shards add up and saturate at kMaxSignal, as in one
  // tally.
  void AddAccounts(const Shard& shard, size_t first) {
    shard.profiles->ForEach(shard.next, [&](size_t channel, Micros amount) {
      const auto [number, signal] = shard.profiles->channels()[channel];
      const uint32_t network = shard.network_of[number];
      const auto begin =
          accounts_.networks.begin() + static_cast<ptrdiff_t>(first);
      auto place = std::lower_bound(begin, accounts_.networks.end(), network);
      const auto at = static_cast<size_t>(place - accounts_.networks.begin());
      if (place == accounts_.networks.end() || *place != network) {
        accounts_.networks.insert(place, network);
        for (const Signal each : signals_) {
          std::vector<Micros>& amounts = accounts_.amounts[Index(each)];
          amounts.insert(amounts.begin() + static_cast<ptrdiff_t>(at), 0);
        }
      }
      Micros& sum = accounts_.amounts[Index(signal)][at];
      sum = std::min(kMaxSignal, sum + amount);
    });
  }

  // Null where no event of that kind exists on the network: the kind is then
  // unknown there, not 0 (TALLY.md).
  Owned<ArrowArray> SignalArray(Signal signal) const {
    const size_t items = accounts_.networks.size();
    const Shared valid = NewBuffer((items + 7) / 8, Content::kZero);
    auto* bits = static_cast<uint8_t*>(valid.get());
    int64_t nulls = 0;
    for (size_t i = 0; i < items; ++i) {
      if ((occurs_.at(networks_[accounts_.networks[i]]) &
           Signals::Bit(signal)) != 0) {
        bits[i / 8] = static_cast<uint8_t>(bits[i / 8] | 1u << (i % 8));
      } else {
        ++nulls;
      }
    }
    return NewArray(items, nulls,
                    List(valid, ToBuffer(accounts_.amounts[Index(signal)])));
  }

  std::shared_ptr<const void> keep_;
  std::vector<Shard> shards_;
  size_t batch_rows_;
  std::vector<Signal> signals_;
  std::map<std::string_view, unsigned> occurs_;  // by network: bits of signals
  std::vector<std::string_view> networks_;       // ascending
  Accounts accounts_;
};

}  // namespace

std::unique_ptr<TableSource> NewProfileStream(
    std::shared_ptr<const void> keep, const std::vector<const Tally*>& shards,
    const Algorithm& algorithm, size_t batch_rows) {
  return std::make_unique<ProfileStream>(std::move(keep), shards, algorithm,
                                         batch_rows);
}

}  // namespace influence
