// Converts the evaluator's structs to messages, for the answers that are
// encoded by table: comparisons, what-ifs, reports and recomputed results. The
// hot path writes the same bytes directly (codec/hot/score_response.cc).
#include "model/messages_of.h"

namespace influence {
namespace {

using Member = std::optional<int64_t> msg::Account::*;

// By signal.
constexpr Member kFields[] = {
    &msg::Account::mentions_micros, &msg::Account::replies_micros,
    &msg::Account::saves_micros,    &msg::Account::likes_micros,
    &msg::Account::reshares_micros, &msg::Account::quotes_micros,
    &msg::Account::listings_micros, &msg::Account::followers_micros,
    &msg::Account::standing_micros, &msg::Account::endorsements_micros,
};
static_assert(sizeof kFields / sizeof *kFields == kSignalCount);
// codec/hot finds a signal's field by its number.
static_assert(msg::Account::kEndorsementsMicrosField ==
              msg::Account::kMentionsMicrosField + kSignalCount - 1);

msg::Line LineMessage(const Profile& profile, const Ledger& ledger,
                      const Line& line) {
  msg::Line message;
  message.factor = line.factor;
  message.quantity_micros = line.quantity;
  message.full_marks_micros = line.full_marks;
  message.share_micros = line.share;
  message.weight_micropoints = line.weight;
  message.points_micropoints = line.points;
  message.cap = line.cap;
  message.covered_micropoints = line.covered;
  message.missing_micropoints = line.missing;
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    const Part& part = ledger.parts[i];
    message.parts.push_back(
        {profile.accounts[part.account].network, part.quantity, part.points});
  }
  return message;
}

template <typename Reasons>
std::vector<msg::Reason> ReasonMessages(const Reasons& reasons) {
  std::vector<msg::Reason> messages;
  for (const Reason& reason : reasons) {
    messages.push_back({reason.code, reason.factor, reason.points,
                        reason.quantity, reason.full_marks});
  }
  return messages;
}

}  // namespace

std::optional<int64_t>& FieldOf(Signal signal, msg::Account* account) {
  return account->*kFields[Index(signal)];
}

const std::optional<int64_t>& FieldOf(Signal signal,
                                      const msg::Account& account) {
  return account.*kFields[Index(signal)];
}

msg::Account AccountMessage(const Account& account) {
  msg::Account message;
  message.network = account.network;
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    if (account.signals.Has(signal)) {
      FieldOf(signal, &message) = account.signals.Get(signal);
    }
  }
  return message;
}

msg::Profile ProfileMessage(const Profile& profile) {
  msg::Profile message;
  message.id = profile.id;
  for (const Account& account : profile.accounts) {
    message.accounts.push_back(AccountMessage(account));
  }
  return message;
}

msg::Ledger LedgerMessage(const Profile& profile, const Ledger& ledger) {
  msg::Ledger message;
  message.score_micropoints = ledger.score;
  message.low_micropoints = ledger.low;
  message.high_micropoints = ledger.high;
  message.coverage_micropoints = ledger.coverage;
  message.band = ledger.band;
  if (ledger.lines.size() == 0) return message;
  for (const Line& line : ledger.lines) {
    message.lines.push_back(LineMessage(profile, ledger, line));
  }
  message.lifted = ReasonMessages(ledger.lifted);
  message.held_back = ReasonMessages(ledger.held_back);
  for (const Account& account : profile.accounts) {
    message.accounts.push_back(AccountMessage(account));
  }
  return message;
}

msg::Result ResultMessage(const Profile& profile, const Ledger& ledger) {
  msg::Result message;
  message.id = profile.id;
  message.ledger = LedgerMessage(profile, ledger);
  return message;
}

msg::Profile FactsOf(const msg::Result& result) {
  msg::Profile facts;
  facts.id = result.id;
  if (result.ledger.has_value()) facts.accounts = result.ledger->accounts;
  return facts;
}

BandMatrix MatrixOf(const std::vector<msg::BandChange>& bands) {
  BandMatrix matrix{};
  for (const msg::BandChange& one : bands) {
    matrix[static_cast<size_t>(one.before) - 1]
          [static_cast<size_t>(one.after) - 1] += one.people;
  }
  return matrix;
}

}  // namespace influence
