#include "cli/columns.h"

namespace influence::cli {

std::optional<size_t> FindColumn(std::string_view name) {
  for (size_t i = 0; i < kColumns; ++i) {
    if (kColumnNames[i] == name) return i;
  }
  return std::nullopt;
}

void SetSignal(wire::Account* account, size_t column, int64_t micros) {
  using Setter = void (wire::Account::*)(int64_t);
  constexpr std::array<Setter, kColumns - kFirstSignalColumn> kSetters = {
      &wire::Account::set_mentions_micros,
      &wire::Account::set_replies_micros,
      &wire::Account::set_saves_micros,
      &wire::Account::set_likes_micros,
      &wire::Account::set_reshares_micros,
      &wire::Account::set_quotes_micros,
      &wire::Account::set_listings_micros,
      &wire::Account::set_followers_micros,
      &wire::Account::set_standing_micros,
      &wire::Account::set_endorsements_micros};
  (account->*kSetters[column - kFirstSignalColumn])(micros);
}

}  // namespace influence::cli
