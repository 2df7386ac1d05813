// Parses the fields of an event and keeps them as columns, which the library
// takes as they are.
#include "cli/client/event_batch.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/basics/decimal.h"
#include "cli/basics/printable.h"
#include "cli/basics/times.h"

namespace influence::cli {
namespace {

// A whole number to 2^63 - 1; what is too large is the library's to refuse.
std::optional<int64_t> ParseCount(std::string_view text) {
  constexpr size_t kMostDigits = 19;  // below 2^64
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  if (value > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(value);
}

void SetBit(size_t i, bool bit, std::vector<uint8_t>* bits) {
  if (i % 8 == 0) bits->push_back(0);
  bits->back() |= static_cast<uint8_t>(bit ? 1u << (i % 8) : 0);
}

}  // namespace

std::optional<size_t> EventNames::Find(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<size_t>(found - names.begin());
}

abi1::Signal FindKind(std::string_view name) {
  constexpr std::array<std::string_view, 9> kOne = {
      "mention", "reply",   "save",     "like",       "reshare",
      "quote",   "listing", "follower", "endorsement"};
  constexpr std::array<abi1::Signal, 9> kKinds = {
      abi1::SIGNAL_MENTIONS, abi1::SIGNAL_REPLIES,   abi1::SIGNAL_SAVES,
      abi1::SIGNAL_LIKES,    abi1::SIGNAL_RESHARES,  abi1::SIGNAL_QUOTES,
      abi1::SIGNAL_LISTINGS, abi1::SIGNAL_FOLLOWERS, abi1::SIGNAL_ENDORSEMENTS};
  for (size_t i = 0; i < kOne.size(); ++i) {
    if (name == kOne[i]) return kKinds[i];
    if (name == "replies" && kKinds[i] == abi1::SIGNAL_REPLIES)
      return kKinds[i];
    if (!name.empty() && name.back() == 's' &&
        name.substr(0, name.size() - 1) == kOne[i]) {
      return kKinds[i];
    }
  }
  return abi1::SIGNAL_UNSPECIFIED;
}

bool SetEventField(size_t field, std::string_view text, EventRow* row,
                   std::string* why) {
  const auto is_no = [&](const char* what) {
    *why = absl::StrCat(Quoted(text), " is not ", what);
    return false;
  };
  if (field < kEventTexts) {
    row->texts[field] = text;
  } else if (field == kKind) {
    row->kind = FindKind(text);
  } else if (field == kTime) {
    const auto seconds = ParseTime(text);
    if (!seconds) {
      return is_no("a time such as 1341100972 or 2012-07-01T00:02:52Z");
    }
    row->time_seconds = *seconds;
  } else if (text.empty()) {
    return true;
  } else if (field == kQuality) {
    row->quality_micros = ParseMicros(text, why);
    if (!row->quality_micros) {
      *why = absl::StrCat(Quoted(text), " ", *why);
      return false;
    }
  } else {
    row->count = ParseCount(text);
    if (!row->count) return is_no("a whole number such as 1");
  }
  return true;
}

void EventBatch::Clear() {
  rows_ = text_bytes_ = 0;
  for (auto& offsets : offsets_) offsets.assign(1, 0);
  for (auto& text : texts_) text.clear();
  lines_.clear();
  raws_.clear();
  kinds_.clear();
  times_.clear();
  qualities_.clear();
  counts_.clear();
  has_quality_.clear();
  has_count_.clear();
}

void EventBatch::Add(const EventRow& row) {
  for (size_t i = 0; i < kEventTexts; ++i) {
    texts_[i].append(row.texts[i]);
    offsets_[i].push_back(static_cast<int32_t>(texts_[i].size()));
    text_bytes_ += row.texts[i].size();
  }
  lines_.push_back(row.line);
  raws_.emplace_back(row.raw);
  kinds_.push_back(row.kind);
  times_.push_back(row.time_seconds);
  qualities_.push_back(row.quality_micros.value_or(0));
  counts_.push_back(row.count.value_or(0));
  SetBit(rows_, row.quality_micros.has_value(), &has_quality_);
  SetBit(rows_, row.count.has_value(), &has_count_);
  ++rows_;
}

}  // namespace influence::cli
