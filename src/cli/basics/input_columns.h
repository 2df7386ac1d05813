// The columns of the input: what each is called and which field it fills.
#ifndef INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_
#define INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

inline constexpr size_t kIdColumn = 0;
inline constexpr size_t kNetworkColumn = 1;
inline constexpr size_t kFirstSignalColumn = 2;
inline constexpr size_t kColumns = 12;

// Names of CSV columns and of JSONL keys; the signals in the order of
// influence/abi1/influence.proto, each named as its field without "_micros".
inline constexpr std::array<std::string_view, kColumns> kColumnNames = {
    "id",       "network", "mentions", "replies",   "saves",    "likes",
    "reshares", "quotes",  "listings", "followers", "standing", "endorsements"};

// The column of that name, if there is one.
std::optional<size_t> FindColumn(std::string_view name);

// Sets the signal of a column. Requires column >= kFirstSignalColumn.
void SetSignal(abi1::Account* account, size_t column, int64_t micros);

// The signal of a column, if it is set. Requires the same.
std::optional<int64_t> GetSignal(const abi1::Account& account, size_t column);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_
