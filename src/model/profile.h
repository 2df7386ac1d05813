// The data known about a person: signals, by account and network.
#ifndef INFLUENCE_MODEL_PROFILE_H_
#define INFLUENCE_MODEL_PROFILE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/micros.h"
#include "model/vocabulary.h"

namespace influence {

// Ten billion units: more than there are people, and more reactions than any
// account has had decayed. 64 accounts at this limit stay below 2^63 micros
// under every admissible algorithm (kMaxQuantity).
inline constexpr Micros kMaxSignal = Micros{10'000'000'000} * kOne;
inline constexpr size_t kMaxProfiles = 65'536;  // a request
inline constexpr size_t kMaxAccounts = 64;      // a profile
inline constexpr size_t kMaxIdBytes = 256;
inline constexpr size_t kMaxNetworkBytes = 64;

// One account's measurements, each 0 .. kMaxSignal. Absent is not zero: an
// absent signal earns nothing and is reported as missing.
class Signals {
 public:
  void Set(Signal signal, Micros value) {
    values_[Index(signal)] = value;
    present_ = static_cast<uint16_t>(present_ | Bit(signal));
  }
  bool Has(Signal signal) const { return (present_ & Bit(signal)) != 0; }
  // 0 when absent.
  Micros Get(Signal signal) const { return values_[Index(signal)]; }
  // Bit(signal) for each signal that is present.
  unsigned present() const { return present_; }
  static constexpr unsigned Bit(Signal signal) { return 1u << Index(signal); }

  // A total order that means nothing else: absent before 0 before more, signal
  // by signal.
  friend int Compare(const Signals& a, const Signals& b);

 private:
  std::array<Micros, kSignalCount> values_{};
  uint16_t present_ = 0;
};

struct Account {
  std::string_view network;  // may be empty; several accounts may share it
  Signals signals;
};

// Views point into the bytes the profile was read from.
struct Profile {
  std::string_view id;
  std::vector<Account> accounts;
};

// Puts the accounts into canonical order: by network, then by signals. Two
// accounts that compare equal are interchangeable, so a result computed from
// the canonical order cannot depend on the caller's order.
void SortAccounts(std::vector<Account>* accounts);

}  // namespace influence

#endif  // INFLUENCE_MODEL_PROFILE_H_
