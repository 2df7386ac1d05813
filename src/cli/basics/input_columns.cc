#include "cli/basics/input_columns.h"

namespace influence::cli {

std::optional<size_t> FindColumn(std::string_view name) {
  for (size_t i = 0; i < kColumns; ++i) {
    if (kColumnNames[i] == name) return i;
  }
  return std::nullopt;
}

void SetSignal(abi1::Account* account, size_t column, int64_t micros) {
  using Setter = void (abi1::Account::*)(int64_t);
  constexpr std::array<Setter, kColumns - kFirstSignalColumn> kSetters = {
      &abi1::Account::set_mentions_micros,
      &abi1::Account::set_replies_micros,
      &abi1::Account::set_saves_micros,
      &abi1::Account::set_likes_micros,
      &abi1::Account::set_reshares_micros,
      &abi1::Account::set_quotes_micros,
      &abi1::Account::set_listings_micros,
      &abi1::Account::set_followers_micros,
      &abi1::Account::set_standing_micros,
      &abi1::Account::set_endorsements_micros};
  (account->*kSetters[column - kFirstSignalColumn])(micros);
}

std::optional<int64_t> GetSignal(const abi1::Account& account, size_t column) {
  struct Getter {
    bool (abi1::Account::*has)() const;
    int64_t (abi1::Account::*get)() const;
  };
  constexpr std::array<Getter, kColumns - kFirstSignalColumn> kGetters = {
      {{&abi1::Account::has_mentions_micros, &abi1::Account::mentions_micros},
       {&abi1::Account::has_replies_micros, &abi1::Account::replies_micros},
       {&abi1::Account::has_saves_micros, &abi1::Account::saves_micros},
       {&abi1::Account::has_likes_micros, &abi1::Account::likes_micros},
       {&abi1::Account::has_reshares_micros, &abi1::Account::reshares_micros},
       {&abi1::Account::has_quotes_micros, &abi1::Account::quotes_micros},
       {&abi1::Account::has_listings_micros, &abi1::Account::listings_micros},
       {&abi1::Account::has_followers_micros, &abi1::Account::followers_micros},
       {&abi1::Account::has_standing_micros, &abi1::Account::standing_micros},
       {&abi1::Account::has_endorsements_micros,
        &abi1::Account::endorsements_micros}}};
  const Getter& getter = kGetters[column - kFirstSignalColumn];
  if (!(account.*getter.has)()) return std::nullopt;
  return (account.*getter.get)();
}

}  // namespace influence::cli
