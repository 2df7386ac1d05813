// The text of a made-up population, some people at a time.
#ifndef INFLUENCE_BENCH_MAKE_POPULATION_H_
#define INFLUENCE_BENCH_MAKE_POPULATION_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace influence::bench {

class PopulationText {
 public:
  PopulationText(size_t people, bool is_jsonl)
      : people_(people), is_jsonl_(is_jsonl) {}

  // Replaces `text` by what comes next, about 64 KiB; false at the end.
  bool Next(std::string* text) {
    constexpr size_t kPiece = 1 << 16;
    text->clear();
    if (done_ == 0 && !is_jsonl_) {
      *text = "id";
      for (const Signal& signal : kSignals) {
        *text += ',';
        *text += signal.name;
      }
      *text += '\n';
    }
    for (; done_ < people_ && text->size() < kPiece; ++done_) AddPerson(text);
    return !text->empty();
  }

 private:
  struct Signal {
    const char* name;
    unsigned bits;  // of the largest count
  };
  static constexpr Signal kSignals[] = {{"mentions", 16}, {"replies", 16},
                                        {"likes", 20},    {"reshares", 16},
                                        {"listings", 14}, {"followers", 24}};

  void AddPerson(std::string* text) {
    *text += is_jsonl_ ? "{\"id\":\"p" : "p";
    *text += std::to_string(done_);
    if (is_jsonl_) *text += '"';
    for (const Signal& signal : kSignals) {
      const uint64_t roll = Random();
      const bool is_empty = roll % 20 == 0;
      if (is_jsonl_ && is_empty) continue;
      *text += ',';
      if (is_jsonl_) {
        *text += '"';
        *text += signal.name;
        *text += "\":";
      }
      if (is_empty) continue;
      // A count of so many bits, all numbers of bits alike.
      const uint64_t bits = (roll >> 8) % (signal.bits + 1);
      *text += std::to_string((roll >> 16) & ((uint64_t{1} << bits) - 1));
    }
    *text += is_jsonl_ ? "}\n" : "\n";
  }

  // SplitMix64.
  uint64_t Random() {
    uint64_t x = state_ += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }

  size_t people_;
  bool is_jsonl_;
  size_t done_ = 0;
  uint64_t state_ = 1;
};

}  // namespace influence::bench

#endif  // INFLUENCE_BENCH_MAKE_POPULATION_H_
