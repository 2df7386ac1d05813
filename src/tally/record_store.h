// Counts by actor, subject and slot, in sorted runs of small records.
//
// Add() appends. When a bucket is full, the appended records are sorted and
// merged into the older ones. A pair thus costs its record and some reserve,
// not a node and pointers of a map.
#ifndef INFLUENCE_TALLY_RECORD_STORE_H_
#define INFLUENCE_TALLY_RECORD_STORE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <tuple>
#include <vector>

namespace influence {

// The largest value: a billion reactions in Q30. Sums saturate here, which
// keeps addition associative and commutative.
inline constexpr uint64_t kMostCounted = uint64_t{1} << 60;

// 20 bytes: five words, so that no padding is stored.
struct Record {
  uint32_t actor;
  uint32_t subject;
  uint32_t slot;  // the thing counted; defined by the store's owner
  uint32_t value_low;
  uint32_t value_high;

  Record() = default;
  Record(uint32_t a, uint32_t s, uint32_t what, uint64_t value)
      : actor(a), subject(s), slot(what) {
    Set(value);
  }
  uint64_t value() const { return uint64_t{value_high} << 32 | value_low; }
  void Set(uint64_t value) {
    value_low = static_cast<uint32_t>(value);
    value_high = static_cast<uint32_t>(value >> 32);
  }
  std::tuple<uint32_t, uint32_t, uint32_t> key() const {
    return {actor, subject, slot};
  }
};

// External memory for records that exceed the limit: the caller's functions.
// Both throw on failure.
struct Scratch {
  std::function<void(const uint8_t*, size_t)> append;
  std::function<void(uint64_t, uint8_t*, size_t)> read_at;
  uint64_t size = 0;  // bytes appended so far
};

class RecordStore {
 public:
  // The combination of two values of one key. Both are associative and
  // commutative.
  enum class Combine { kSum, kMax };

  explicit RecordStore(Combine combine) : combine_(combine) {}

  void Add(const Record& record) {
    Bucket& bucket = buckets_[record.actor % kBuckets];
    if (bucket.records.size() == bucket.records.capacity()) MakeRoom(&bucket);
    bucket.records.push_back(record);
  }

  // Sorts and combines all records in memory.
  void Compact();

  // Moves all records to `scratch`, which must outlive this and be the same in
  // all calls. Visiting reads back one bucket at a time.
  void Spill(Scratch* scratch);

  // Calls visit(begin, end) for the records of each actor, ordered by subject,
  // then slot; actors come by bucket, then number. Requires Compact() after the
  // last Add().
  template <typename Visit>
  void ForEachActor(Visit visit) const {
    std::vector<Record> loaded;
    for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
      const std::vector<Record>& records = Loaded(bucket, &loaded);
      const Record* const end = records.data() + records.size();
      for (const Record* at = records.data(); at != end;) {
        const Record* next = at + 1;
        while (next != end && next->actor == at->actor) ++next;
        visit(at, next);
        at = next;
      }
    }
  }

  // The same over two stores of one kind as if they were one. `b` must not
  // spill.
  template <typename Visit>
  static void ForEachActor(const RecordStore& a, const RecordStore& b,
                           Visit visit);

  // Visits records in any order; without Compact() a key may occur several
  // times.
  template <typename Visit>
  void ForEach(Visit visit) const {
    std::vector<Record> loaded;
    for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
      for (const Record& record : Loaded(bucket, &loaded)) visit(record);
    }
  }

  // The sum of a pair's values. Requires Compact() after the last Add(), and
  // records in memory.
  uint64_t Sum(uint32_t actor, uint32_t subject) const;

  void Clear();
  bool empty() const;
  size_t MemoryBytes() const;

 private:
  static constexpr size_t kBuckets = 256;

  // A run of records in the scratch, sorted, each key once.
  struct Run {
    uint64_t offset;
    size_t count;
  };
  struct Bucket {
    std::vector<Record> records;
    size_t sorted = 0;  // the first so many are sorted, each key once
    std::vector<Run> runs;
  };
  // A record whose key fits one number.
  struct Keyed {
    uint64_t key;
    uint64_t value;
  };

  uint64_t Combined(uint64_t a, uint64_t b) const {
    return combine_ == Combine::kSum ? std::min(a + b, kMostCounted)
                                     : std::max(a, b);
  }
  // Returns all records of a bucket: its own, or merged with its runs in
  // *loaded.
  const std::vector<Record>& Loaded(size_t bucket,
                                    std::vector<Record>* loaded) const;
  void MakeRoom(Bucket* bucket);
  void Compact(Bucket* bucket);
  void SortTail(Bucket* bucket);
  // Combines neighbours of one key. Returns the new size.
  template <typename Item, typename Same>
  size_t CombineRuns(Item* items, size_t count, Same same) const;

  Combine combine_;
  Scratch* scratch_ = nullptr;
  std::array<Bucket, kBuckets> buckets_;
  std::vector<Keyed> keyed_, radix_;  // while sorting
  std::vector<Record> tail_;          // the sorted tail, while it is merged
};

template <typename Visit>
void RecordStore::ForEachActor(const RecordStore& a, const RecordStore& b,
                               Visit visit) {
  if (b.empty()) return a.ForEachActor(visit);
  std::vector<Record> loaded, merged;
  for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
    const std::vector<Record>& left = a.Loaded(bucket, &loaded);
    const std::vector<Record>& right = b.buckets_[bucket].records;
    for (size_t i = 0, j = 0; i < left.size() || j < right.size();) {
      const uint32_t actor =
          j == right.size() ||
                  (i < left.size() && left[i].actor <= right[j].actor)
              ? left[i].actor
              : right[j].actor;
      merged.clear();
      for (;;) {
        const bool has_left = i < left.size() && left[i].actor == actor;
        const bool has_right = j < right.size() && right[j].actor == actor;
        if (!has_left && !has_right) break;
        if (has_left && has_right && left[i].key() == right[j].key()) {
          merged.push_back(left[i++]);
          merged.back().Set(
              a.Combined(merged.back().value(), right[j++].value()));
        } else if (has_left && (!has_right || left[i].key() < right[j].key())) {
          merged.push_back(left[i++]);
        } else {
          merged.push_back(right[j++]);
        }
      }
      visit(merged.data(), merged.data() + merged.size());
    }
  }
}

}  // namespace influence

#endif  // INFLUENCE_TALLY_RECORD_STORE_H_
