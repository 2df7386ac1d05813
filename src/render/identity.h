// Of what a page is, and what it does not say: the same sections on every page.
#ifndef INFLUENCE_RENDER_IDENTITY_H_
#define INFLUENCE_RENDER_IDENTITY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/stored.h"
#include "render/page.h"

namespace influence {

// What can be held against a page.
enum class Proof {
  kFacts,  // its facts: it is computed anew from them
  kSums,   // its own sums alone: it is an answer that was stored
};

// What a page is made by and from.
struct Origin {
  std::string_view rendered_by;  // this library's version, if it is said
  Proof proof;
};

// A field of an Identity by its number, and its value, "" being not stated.
Argument FieldName(uint32_t field);
Argument FieldValue(uint32_t field, const std::string& value);
// Whether it names bytes and not a thing.
bool IsDigest(uint32_t field);

// As a page has them: digests last.
std::vector<IdentityField> InOrder(std::vector<IdentityField> fields);

// What a page is a result of, in full; what both sides share is there once.
// `person` may be empty.
Section IdentityOf(Message heading, std::string_view person,
                   const std::vector<IdentityField>& identity,
                   const Origin& origin);

// What no page says; `prices` if the page has the table of prices.
Section LimitsOf(bool prices, Proof proof);

}  // namespace influence

#endif  // INFLUENCE_RENDER_IDENTITY_H_
