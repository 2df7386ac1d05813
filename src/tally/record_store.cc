// Log-structured storage of counts: appended tails are sorted by radix and
// merged into sorted buckets, and spilled buckets become runs that are merged
// again when they are visited. All actors of a bucket agree in their lowest
// bits, so a bucket is a unit for sorting, spilling and visiting.
#include "tally/record_store.h"

#include <cstring>

#include "base/bits.h"
#include "base/radix_sort.h"

namespace influence {
namespace {

constexpr size_t kSmallestBucket = 32;
// With fewer records a comparison sort is faster.
constexpr size_t kWorthRadix = 1024;

// Frees the memory, which clear() and assigning an empty vector need not do.
template <typename Item>
void Release(std::vector<Item>* items) {
  std::vector<Item>().swap(*items);
}

}  // namespace

// Compacting often frees room. The bucket only grows if it is still three
// quarters full, which keeps the cost of Add() constant on average.
void RecordStore::MakeRoom(Bucket* bucket) {
  if (!bucket->records.empty()) Compact(bucket);
  const size_t capacity = bucket->records.capacity();
  if (bucket->records.size() >= capacity - capacity / 4) {
    bucket->records.reserve(std::max(kSmallestBucket, capacity + capacity / 2));
  }
}

void RecordStore::Compact() {
  for (Bucket& bucket : buckets_) Compact(&bucket);
}

// Sorts the tail, then merges it backwards into the bucket: the free room is at
// the end, so no record is overwritten before it has moved.
void RecordStore::Compact(Bucket* bucket) {
  std::vector<Record>& records = bucket->records;
  if (bucket->sorted == records.size()) return;
  SortTail(bucket);
  size_t a = bucket->sorted;  // records of the bucket,
  size_t b = tail_.size();    // and of the tail, not placed yet
  records.resize(a + b);
  size_t to = records.size();
  while (b > 0) {
    if (a > 0 && records[a - 1].key() > tail_[b - 1].key()) {
      records[--to] = records[--a];
      continue;
    }
    Record placed = tail_[--b];
    if (a > 0 && records[a - 1].key() == placed.key()) {
      --a;
      placed.Set(Combined(placed.value(), records[a].value()));
    }
    records[--to] = placed;
  }
  // The first `a` records are already in place.
  records.erase(records.begin() + static_cast<ptrdiff_t>(a),
                records.begin() + static_cast<ptrdiff_t>(to));
  bucket->sorted = records.size();
}

template <typename Item, typename Same>
size_t RecordStore::CombineRuns(Item* items, size_t count, Same same) const {
  size_t to = 0;
  for (size_t i = 0; i < count; ++i) {
    if (to > 0 && same(&items[to - 1], items[i])) continue;
    items[to++] = items[i];
  }
  return to;
}

// Sorts the appended records into tail_, each key once. If actor, subject and
// slot fit 64 bits together they are packed into one key and sorted by radix.
void RecordStore::SortTail(Bucket* bucket) {
  const Record* const begin = bucket->records.data() + bucket->sorted;
  const size_t count = bucket->records.size() - bucket->sorted;
  Record any{0, 0, 0, 0};
  for (const Record* at = begin; at != begin + count; ++at) {
    any.actor |= at->actor;
    any.subject |= at->subject;
    any.slot |= at->slot;
  }
  // The lowest bits of the actor are equal in a bucket and left out of the key.
  const auto low = static_cast<uint32_t>(begin->actor % kBuckets);
  const std::array<unsigned, 3> bits = {
      BitsOf(any.actor / static_cast<uint32_t>(kBuckets)), BitsOf(any.subject),
      BitsOf(any.slot)};
  if (count < kWorthRadix || bits[0] + bits[1] + bits[2] > 64) {
    tail_.assign(begin, begin + count);
    std::sort(tail_.begin(), tail_.end(), [](const Record& a, const Record& b) {
      return a.key() < b.key();
    });
    tail_.resize(CombineRuns(tail_.data(), tail_.size(),
                             [this](Record* last, const Record& next) {
                               if (last->key() != next.key()) return false;
                               last->Set(Combined(last->value(), next.value()));
                               return true;
                             }));
    return;
  }

  keyed_.resize(count);
  for (size_t i = 0; i < count; ++i) {
    const Record& record = begin[i];
    keyed_[i] = {
        ((uint64_t{record.actor / static_cast<uint32_t>(kBuckets)} << bits[1] |
          record.subject)
             << bits[2] |
         record.slot),
        record.value()};
  }
  radix_.resize(count);
  RadixSort(&keyed_, &radix_, 0, bits[0] + bits[1] + bits[2]);
  const size_t distinct =
      CombineRuns(keyed_.data(), count, [this](Keyed* last, const Keyed& next) {
        if (last->key != next.key) return false;
        last->value = Combined(last->value, next.value);
        return true;
      });
  const uint64_t subject_mask = (uint64_t{1} << bits[1]) - 1;
  const uint64_t slot_mask = (uint64_t{1} << bits[2]) - 1;
  tail_.resize(distinct);
  for (size_t i = 0; i < distinct; ++i) {
    const Keyed& keyed = keyed_[i];
    const uint64_t pair = keyed.key >> bits[2];
    tail_[i] =
        Record(static_cast<uint32_t>((pair >> bits[1]) * kBuckets + low),
               static_cast<uint32_t>(pair & subject_mask),
               static_cast<uint32_t>(keyed.key & slot_mask), keyed.value);
  }
}

// Records of a pair are neighbours.
uint64_t RecordStore::Sum(uint32_t actor, uint32_t subject) const {
  const std::vector<Record>& records = buckets_[actor % kBuckets].records;
  auto at = std::lower_bound(
      records.begin(), records.end(), Record(actor, subject, 0, 0),
      [](const Record& a, const Record& b) { return a.key() < b.key(); });
  uint64_t sum = 0;
  for (; at != records.end() && at->actor == actor && at->subject == subject;
       ++at) {
    sum += at->value();
  }
  return sum;
}

void RecordStore::Clear() {
  for (Bucket& bucket : buckets_) bucket = Bucket();
}

bool RecordStore::empty() const {
  for (const Bucket& bucket : buckets_) {
    if (!bucket.records.empty() || !bucket.runs.empty()) return false;
  }
  return true;
}

// Each spill adds one run per bucket; a bucket is sorted before it is written.
void RecordStore::Spill(Scratch* scratch) {
  scratch_ = scratch;
  for (Bucket& bucket : buckets_) {
    Compact(&bucket);
    if (bucket.records.empty()) continue;
    const size_t bytes = bucket.records.size() * sizeof(Record);
    bucket.runs.push_back({scratch->size, bucket.records.size()});
    scratch->append(reinterpret_cast<const uint8_t*>(bucket.records.data()),
                    bytes);
    scratch->size += bytes;
    Release(&bucket.records);
    bucket.sorted = 0;
  }
  Release(&keyed_);
  Release(&radix_);
  Release(&tail_);
}

// Reads all runs of a bucket back, then merges them with the records in memory.
const std::vector<Record>& RecordStore::Loaded(
    size_t number, std::vector<Record>* loaded) const {
  const Bucket& bucket = buckets_[number];
  if (bucket.runs.empty()) return bucket.records;
  size_t count = 0;
  for (const Run& run : bucket.runs) count += run.count;
  loaded->clear();
  loaded->reserve(count + bucket.records.size());
  std::vector<size_t> ends;
  for (const Run& run : bucket.runs) {
    const size_t begin = loaded->size();
    loaded->resize(begin + run.count);
    scratch_->read_at(run.offset,
                      reinterpret_cast<uint8_t*>(loaded->data() + begin),
                      run.count * sizeof(Record));
    ends.push_back(loaded->size());
  }
  loaded->insert(loaded->end(), bucket.records.begin(), bucket.records.end());
  ends.push_back(loaded->size());
  // Merges neighbouring runs pairwise until one is left.
  const auto by_key = [](const Record& a, const Record& b) {
    return a.key() < b.key();
  };
  const auto at = [loaded](size_t i) {
    return loaded->begin() + static_cast<ptrdiff_t>(i);
  };
  while (ends.size() > 1) {
    std::vector<size_t> merged;
    size_t begin = 0;
    for (size_t i = 0; i < ends.size(); i += 2) {
      const size_t end = i + 1 < ends.size() ? ends[i + 1] : ends[i];
      std::inplace_merge(at(begin), at(ends[i]), at(end), by_key);
      merged.push_back(end);
      begin = end;
    }
    ends.swap(merged);
  }
  loaded->resize(CombineRuns(loaded->data(), loaded->size(),
                             [this](Record* last, const Record& next) {
                               if (last->key() != next.key()) return false;
                               last->Set(Combined(last->value(), next.value()));
                               return true;
                             }));
  return *loaded;
}

size_t RecordStore::MemoryBytes() const {
  size_t bytes = (keyed_.capacity() + radix_.capacity()) * sizeof(Keyed) +
                 tail_.capacity() * sizeof(Record);
  for (const Bucket& bucket : buckets_) {
    bytes += bucket.records.capacity() * sizeof(Record);
  }
  return bytes;
}

}  // namespace influence
