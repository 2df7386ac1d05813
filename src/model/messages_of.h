// Profiles and ledgers as messages. Their text is viewed, not copied, so the
// profile must outlive them.
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

// The field of an account message that holds a signal.
std::optional<int64_t>& FieldOf(Signal signal, msg::Account* account);
const std::optional<int64_t>& FieldOf(Signal signal,
                                      const msg::Account& account);

msg::Account AccountMessage(const Account& account);
msg::Profile ProfileMessage(const Profile& profile);

// Requires the ledger that an evaluator returned for the profile. A ledger
// without lines, as Detail::kScore leaves it, has no accounts in the message.
msg::Ledger LedgerMessage(const Profile& profile, const Ledger& ledger);
// The same result that AppendResult() writes, as a message and without text.
msg::Result ResultMessage(const Profile& profile, const Ledger& ledger);

// The profile that a result was computed from. Views what the result views.
msg::Profile FactsOf(const msg::Result& result);

// The people who went from each band to each: [before][after], by number less
// one. Requires known bands.
using BandMatrix = std::array<std::array<uint64_t, kBandCount>, kBandCount>;
BandMatrix MatrixOf(const std::vector<msg::BandChange>& bands);

}  // namespace influence

#endif  // INFLUENCE_MODEL_MESSAGES_OF_H_
