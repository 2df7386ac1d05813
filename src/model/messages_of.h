// Profiles and ledgers as messages. Text in these is viewed, not copied: the
// profile's own must outlive them.
#ifndef INFLUENCE_MODEL_MESSAGES_OF_H_
#define INFLUENCE_MODEL_MESSAGES_OF_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "messages/messages.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// The field of an account that has a signal.
std::optional<int64_t>& FieldOf(Signal signal, msg::Account* account);
const std::optional<int64_t>& FieldOf(Signal signal,
                                      const msg::Account& account);

msg::Account AccountMessage(const Account& account);
msg::Profile ProfileMessage(const Profile& profile);

// Requires the ledger that an evaluator gave for the profile. Without lines, as
// Detail::kScore leaves it, the facts are left out too.
msg::Ledger LedgerMessage(const Profile& profile, const Ledger& ledger);
// The generated counterpart of AppendResult(), without text.
msg::Result ResultMessage(const Profile& profile, const Ledger& ledger);

// The facts that a result is of. Views what the result views.
msg::Profile FactsOf(const msg::Result& result);

// The people who went from each band to each: [before][after], by number less
// one. Requires known bands.
using BandMatrix = std::array<std::array<uint64_t, kBandCount>, kBandCount>;
BandMatrix MatrixOf(const std::vector<msg::BandChange>& bands);

}  // namespace influence

#endif  // INFLUENCE_MODEL_MESSAGES_OF_H_
