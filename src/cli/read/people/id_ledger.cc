// Keeps the ids as hashes: a list while they come in order, a table from the
// first that does not. When the table is full, only an order can still tell who
// comes back.
#include "cli/read/people/id_ledger.h"

#include <cstring>

#include "absl/numeric/int128.h"

namespace influence::cli {
namespace {

constexpr int kLineBits = 40;
constexpr uint64_t kLineMask = (uint64_t{1} << kLineBits) - 1;

// Any odd constants with bits everywhere; these are fractions of square roots.
constexpr uint64_t kFirst = 0x6a09e667f3bcc909;
constexpr uint64_t kSecond = 0xbb67ae8584caa73b;
constexpr uint64_t kThird = 0x3c6ef372fe94f82b;

uint64_t Mix(uint64_t a, uint64_t b) {
  const absl::uint128 product = absl::uint128(a) * b;
  return absl::Uint128High64(product) ^ absl::Uint128Low64(product);
}

}  // namespace

IdLedger::Entry IdLedger::Hashed(std::string_view id, size_t line) {
  uint64_t a = id.size() + kFirst;
  uint64_t b = kSecond;
  while (!id.empty()) {
    uint64_t word = 0;
    const size_t size = id.size() < sizeof word ? id.size() : sizeof word;
    std::memcpy(&word, id.data(), size);
    a = Mix(a ^ word, kSecond) + b;
    b = Mix(b ^ word, kThird) + kFirst;
    id.remove_prefix(size);
  }
  Entry entry;
  entry.hash = Mix(a ^ kThird, b ^ kFirst);
  entry.more_and_line = Mix(a + kSecond, kFirst) << kLineBits | line;
  return entry;
}

size_t IdLedger::Insert(const Entry& entry) {
  // Ids may have been made to meet; they shall not cost more than others.
  constexpr size_t kMostSteps = 1000;
  const size_t mask = table_.size() - 1;
  size_t at = entry.hash & mask;
  for (size_t steps = 0; table_[at].more_and_line != 0; ++steps) {
    if (table_[at].hash == entry.hash &&
        table_[at].more_and_line >> kLineBits ==
            entry.more_and_line >> kLineBits) {
      return table_[at].more_and_line & kLineMask;
    }
    if (steps == kMostSteps) {
      is_full_ = true;
      return 0;
    }
    at = (at + 1) & mask;
  }
  if (size_ == entries_ / 4 * 3) {
    is_full_ = true;
    return 0;
  }
  table_[at] = entry;
  ++size_;
  return 0;
}

size_t IdLedger::Enter(std::string_view id, size_t line) {
  const bool had_order = by_bytes_ || by_length_;
  if (!last_.empty()) {
    by_bytes_ = by_bytes_ && id > last_;
    by_length_ =
        by_length_ &&
        (id.size() != last_.size() ? id.size() > last_.size() : id > last_);
  }
  if (had_order) last_.assign(id);
  const bool has_order = by_bytes_ || by_length_;
  if (has_order) {
    if (list_.size() == entries_ / 4 * 3) {
      is_full_ = true;
    } else {
      list_.push_back(Hashed(id, line));
    }
    return 0;
  }
  if (had_order) {
    table_.resize(entries_);
    for (const Entry& entry : list_) Insert(entry);
    list_ = {};
  }
  return Insert(Hashed(id, line));
}

}  // namespace influence::cli
