// The sections that every page has: its identity and its limits.
#ifndef INFLUENCE_RENDER_IDENTITY_SECTION_H_
#define INFLUENCE_RENDER_IDENTITY_SECTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "codec/identity_fields.h"
#include "render/page.h"

namespace influence {

// The proof behind a page.
enum class Proof {
  kFacts,  // recomputed from its data
  kSums,   // only the sums of a stored answer were checked
};

// The origin of a page.
struct Origin {
  std::string_view rendered_by;  // this library's version; may be empty
  Proof proof;
};

// The name of a field of an Identity, by its path, and its value; "" means that
// it is not set.
Argument FieldName(std::string_view path);
Argument FieldValue(std::string_view path, const std::string& value);
// True for digests and fingerprints, which identify bytes.
bool NamesBytes(std::string_view path);

// Sorts fields for a page: digests last.
std::vector<IdentityField> InOrder(std::vector<IdentityField> fields);

// The complete identity of a result. Fields that are equal on both sides are
// listed once. `person` may be empty.
Section IdentityOf(Message heading, std::string_view person,
                   const std::vector<IdentityField>& identity,
                   const Origin& origin);

// The limits of a page; `prices` is true for pages with the table of prices.
Section LimitsOf(bool prices, Proof proof);

}  // namespace influence

#endif  // INFLUENCE_RENDER_IDENTITY_SECTION_H_
