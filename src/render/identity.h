// The identity and the limits of a page: the same sections on every page.
#ifndef INFLUENCE_RENDER_IDENTITY_H_
#define INFLUENCE_RENDER_IDENTITY_H_

#include <string>
#include <string_view>
#include <vector>

#include "codec/identity.h"
#include "render/page.h"

namespace influence {

// How a page can be checked.
enum class Proof {
  kFacts,  // its facts: it is computed anew from them
  kSums,   // its own sums alone: it is an answer that was stored
};

// The origin of a page.
struct Origin {
  std::string_view rendered_by;  // this library's version, if it is said
  Proof proof;
};

// A field of an Identity by its path, and its value, "" being not stated.
Argument FieldName(std::string_view path);
Argument FieldValue(std::string_view path, const std::string& value);
// Whether it names bytes and not a thing.
bool NamesBytes(std::string_view path);

// As a page has them: digests last.
std::vector<IdentityField> InOrder(std::vector<IdentityField> fields);

// The identity of a result in full; fields that both sides share are listed
// once. `person` may be empty.
Section IdentityOf(Message heading, std::string_view person,
                   const std::vector<IdentityField>& identity,
                   const Origin& origin);

// The limits of every page; `prices` if the page has the table of prices.
Section LimitsOf(bool prices, Proof proof);

}  // namespace influence

#endif  // INFLUENCE_RENDER_IDENTITY_H_
