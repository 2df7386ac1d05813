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

std::optional<int64_t> GetSignal(const wire::Account& account, size_t column) {
  struct Getter {
    bool (wire::Account::*has)() const;
    int64_t (wire::Account::*get)() const;
  };
  constexpr std::array<Getter, kColumns - kFirstSignalColumn> kGetters = {
      {{&wire::Account::has_mentions_micros, &wire::Account::mentions_micros},
       {&wire::Account::has_replies_micros, &wire::Account::replies_micros},
       {&wire::Account::has_saves_micros, &wire::Account::saves_micros},
       {&wire::Account::has_likes_micros, &wire::Account::likes_micros},
       {&wire::Account::has_reshares_micros, &wire::Account::reshares_micros},
       {&wire::Account::has_quotes_micros, &wire::Account::quotes_micros},
       {&wire::Account::has_listings_micros, &wire::Account::listings_micros},
       {&wire::Account::has_followers_micros, &wire::Account::followers_micros},
       {&wire::Account::has_standing_micros, &wire::Account::standing_micros},
       {&wire::Account::has_endorsements_micros,
        &wire::Account::endorsements_micros}}};
  const Getter& getter = kGetters[column - kFirstSignalColumn];
  if (!(account.*getter.has)()) return std::nullopt;
  return (account.*getter.get)();
}

}  // namespace influence::cli
