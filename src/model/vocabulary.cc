#include "model/vocabulary.h"

namespace influence {
namespace {

constexpr std::string_view kSignalNames[] = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements",
};
static_assert(sizeof kSignalNames / sizeof *kSignalNames == kSignalCount);

constexpr std::string_view kFactorNames[] = {
    "attention", "amplification", "curation",
    "audience",  "standing",      "endorsement",
};
static_assert(sizeof kFactorNames / sizeof *kFactorNames == kFactorCount);

}  // namespace

std::string_view Name(Signal signal) {
  const size_t i = Index(signal);
  return i < kSignalCount ? kSignalNames[i] : std::string_view();
}

std::string_view Name(Factor factor) {
  const size_t i = Index(factor);
  return i < kFactorCount ? kFactorNames[i] : std::string_view();
}

}  // namespace influence
