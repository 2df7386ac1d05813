// Remembers the people of a file so far, as well as a bounded memory can.
#ifndef INFLUENCE_CLI_READ_PEOPLE_ID_LEDGER_H_
#define INFLUENCE_CLI_READ_PEOPLE_ID_LEDGER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace influence::cli {

// Ids are kept as 88 bits of a hash: that one of 3 million people is mistaken
// for another in a file of 100 million has a probability of 10^-12. Ids that
// come in ascending order, by their bytes or by their lengths first, cannot
// come back, however many they are.
class IdLedger {
 public:
  // A power of two, of 16 bytes: 64 MiB, three quarters of it used at most.
  static constexpr size_t kEntries = size_t{1} << 22;

  explicit IdLedger(size_t entries = kEntries) : entries_(entries) {}

  // Enters the next person, and returns the line they were entered with
  // before, or 0. After a line that is not 0 it is not to be used.
  size_t Enter(std::string_view id, size_t line);

  // Whether someone may have come back unnoticed: there were too many people,
  // in no order.
  bool is_blind() const { return is_full_ && !by_bytes_ && !by_length_; }

 private:
  struct Entry {
    uint64_t hash = 0;
    uint64_t more_and_line = 0;  // 24 more bits of the hash; 0: no entry
  };

  static Entry Hashed(std::string_view id, size_t line);
  size_t Insert(const Entry& entry);

  size_t entries_;
  bool by_bytes_ = true;
  bool by_length_ = true;
  bool is_full_ = false;
  std::string last_;
  // As they came, while there is an order; then a table, by their hash.
  std::vector<Entry> list_;
  std::vector<Entry> table_;
  size_t size_ = 0;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_PEOPLE_ID_LEDGER_H_
